"""Inviting to a group over REST, and joining it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, for_interviewers, sent
from casebank.api.drafts import person
from interviews import access
from interviews.actions import memberships
from interviews.api.groups import GroupMadeShape
from interviews.api.lobby import TokenWrite
from interviews.queries.groups import open_invites


class GroupInviteWrite(Strict):
    """With an `email` the link is sent there, opens for that address once, and is shown to nobody; without, whoever has
    it joins, and the link before opens nothing any more."""

    email = serializers.EmailField(max_length=254, required=False)


class GroupInviteShape(serializers.Serializer[Any]):
    """`email` is empty where whoever has the link joins."""

    id = serializers.IntegerField(source="pk")
    email = serializers.CharField()
    expires_at = serializers.DateTimeField()


class GroupInviteMadeShape(GroupInviteShape):
    """`token` and `link` are shown this once; both are null where the link went by mail."""

    token = serializers.CharField(allow_null=True)
    link = serializers.URLField(allow_null=True)


class GroupInvitedShape(serializers.Serializer[Any]):
    """What an invite leads to."""

    group = serializers.UUIDField(source="group_id")
    name = serializers.CharField(source="group.name")
    description = serializers.CharField(source="group.description")
    by = serializers.CharField(source="created_by")
    expires_at = serializers.DateTimeField()


@extend_schema(methods=["GET"], operation_id="group_invites_list", responses=GroupInviteShape(many=True))
@extend_schema(methods=["POST"], request=GroupInviteWrite, responses={201: GroupInviteMadeShape})
@for_interviewers
@never_cache
@api_view(["GET", "POST"])
def invites(request: Request, pk: UUID) -> Response:
    """The links and invitations that still open the group, for its mentors; POST makes one."""
    group, now = access.mentor_in(request.user, pk).group, timezone.now()
    if request.method == "GET":
        return Response(GroupInviteShape(open_invites(group, now), many=True).data)

    def link(token: str) -> str:
        return request.build_absolute_uri(reverse("interviews:group_open", args=[token]))

    said, user = sent(request, GroupInviteWrite), person(request)
    if "email" in said:
        mailed = memberships.invite(group=group, by=user, email=said["email"], link=link, now=now)
        return Response({**GroupInviteShape(mailed).data, "token": None, "link": None}, status=201)
    token = memberships.make_link(group=group, by=user, now=now)
    made = GroupInviteShape(memberships.look(token=token, now=now)).data
    return Response({**made, "token": token, "link": link(token)}, status=201)


@extend_schema(responses={204: None})
@for_interviewers
@api_view(["DELETE"])
def invite(request: Request, pk: UUID, invite_id: int) -> Response:
    """Withdraw a link or an invitation, as a mentor; one that is not there is fine."""
    group = access.mentor_in(request.user, pk).group
    memberships.revoke(group=group, invite_id=invite_id, now=timezone.now())
    return Response(status=204)


@extend_schema(request=TokenWrite, responses=GroupInvitedShape)
@never_cache
@api_view(["POST"])
def look(request: Request) -> Response:
    """Which group an invite's token opens; nobody joins."""
    found = memberships.look(by=person(request), now=timezone.now(), **sent(request, TokenWrite))
    return Response(GroupInvitedShape(found).data)


@extend_schema(request=TokenWrite, responses={201: GroupMadeShape})
@api_view(["POST"])
def join(request: Request) -> Response:
    """Join the group that an invite's token opens."""
    me = memberships.join(by=person(request), now=timezone.now(), **sent(request, TokenWrite))
    return Response(GroupMadeShape(me.group).data, status=201)
