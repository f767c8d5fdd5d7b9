"""Groups over REST: one's own, making and joining one, and what is set in it for oneself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Paged, Strict, query, sent
from casebank.api.drafts import formed, person
from casebank.api.paging import page_of, paged
from casebank.limits import spend
from interviews import access
from interviews.actions import assignments, memberships
from interviews.actions import groups as verbs
from interviews.api.booking import BookingShape, StartWrite, booked
from interviews.api.lobby import SessionMadeShape, TokenWrite
from interviews.groupforms import GroupForm
from interviews.limits import AGREE
from interviews.queries.groups import groups_of, people_of, rows_of


class GroupShape(serializers.Serializer[Any]):
    """`to_do` counts the interviews that are set for you there."""

    id = serializers.UUIDField(source="membership.group_id")
    name = serializers.CharField(source="membership.group.name")
    role = serializers.CharField(source="membership.role")
    people = serializers.IntegerField()
    to_do = serializers.IntegerField()
    closed_at = serializers.DateTimeField(source="membership.group.closed_at", allow_null=True)


class GroupWrite(Strict):
    name = serializers.CharField(max_length=60)
    description = serializers.CharField(max_length=500, default="", allow_blank=True)


class GroupMadeShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class AssignmentShape(serializers.Serializer[Any]):
    """An interview that is set; `case` is its title where you may know it, `role` yours, else empty."""

    id = serializers.IntegerField(source="assignment.pk")
    candidate = serializers.CharField()
    interviewers = serializers.ListField(child=serializers.CharField())
    role = serializers.CharField()
    case = serializers.CharField()
    standing = serializers.CharField()
    due_at = serializers.DateTimeField(source="assignment.due_at")


class MemberShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    role = serializers.CharField()


class OneGroupShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    people = MemberShape(many=True)
    assignments = AssignmentShape(many=True)


@extend_schema(methods=["GET"], operation_id="groups_list", responses=page_of(GroupShape))
@extend_schema(methods=["POST"], request=GroupWrite, responses={201: GroupMadeShape})
@query(Paged)
@never_cache
@api_view(["GET", "POST"])
def groups(request: Request) -> Response:
    """The groups that you are in; POST makes one, with you as its mentor."""
    if request.method == "POST":
        form = formed(GroupForm(sent(request, GroupWrite)))
        made = verbs.create(by=person(request), now=timezone.now(), **form.cleaned_data)
        return Response(GroupMadeShape(made).data, status=201)
    return paged(request, groups_of(person(request), timezone.now()), GroupShape)


@extend_schema(responses=OneGroupShape)
@never_cache
@api_view(["GET"])
def group(request: Request, pk: UUID) -> Response:
    """A group of yours: its people, and the interviews that you may see."""
    me = access.member_in(request.user, pk)
    rows = rows_of(me, timezone.now())
    body = {
        "id": me.group_id,
        "name": me.group.name,
        "description": me.group.description,
        "people": people_of(me.group, rows),
        "assignments": rows,
    }
    return Response(OneGroupShape(body).data)


@extend_schema(request=TokenWrite, responses={201: GroupMadeShape})
@api_view(["POST"])
def join(request: Request) -> Response:
    """Join the group that an invite's token opens."""
    me = memberships.join(by=person(request), now=timezone.now(), **sent(request, TokenWrite))
    return Response(GroupMadeShape(me.group).data, status=201)


@extend_schema(request=None, responses=SessionMadeShape)
@api_view(["POST"])
def start(request: Request, pk: UUID, assignment_id: int) -> Response:
    """The session of an interview that is set for you; whoever comes first makes it."""
    group = access.member_in(request.user, pk).group
    made = assignments.start(group=group, assignment_id=assignment_id, by=person(request), now=timezone.now())
    return Response(SessionMadeShape(made).data)


@extend_schema(request=StartWrite, responses={201: BookingShape})
@api_view(["POST"])
def propose(request: Request, pk: UUID, assignment_id: int) -> Response:
    """Ask the other one of an interview that is set for you for a time."""
    group, now = access.member_in(request.user, pk).group, timezone.now()
    said = sent(request, StartWrite)
    spend(AGREE, by=person(request).pk, now=now)
    made = assignments.propose(group=group, assignment_id=assignment_id, by=person(request), now=now, **said)
    return booked(request, made, status=201)
