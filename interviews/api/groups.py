"""Groups over REST: one's own, making and leaving one, and what a mentor changes about it: its name, cases, people."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Paged, Strict, for_interviewers, query, sent
from casebank.api.drafts import formed, person
from casebank.api.paging import page_of, paged
from casebank.queries import visible_to
from interviews import access
from interviews.actions import groups as verbs
from interviews.actions import memberships
from interviews.api.rota import AssignmentShape
from interviews.groupforms import GroupForm
from interviews.models import Membership
from interviews.queries.groups import cases_of, groups_of, people_of, rows_of

# As on the page: more than a group has, for whoever sends what they see and lets the verb say so.
_MOST_NAMED = 1000


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


class MemberShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    role = serializers.CharField()


class MemberRowShape(MemberShape):
    """A member as a mentor sees them: of the `of` interviews that are set for them they were asked in `asked` and have
    held `held`; `late` are overdue, `last` is when the last one ended."""

    id = serializers.IntegerField(source="user_id")
    asked = serializers.IntegerField()
    held = serializers.IntegerField()
    late = serializers.IntegerField()
    of = serializers.IntegerField()
    last = serializers.DateTimeField(allow_null=True)


class RoleWrite(Strict):
    role = serializers.ChoiceField(choices=Membership.Role.values)


class OneGroupShape(serializers.Serializer[Any]):
    """`role` is yours; `shows_levels`: the mentors see your means by step. `assignments` are those with you, and to a
    mentor all."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    role = serializers.CharField()
    shows_levels = serializers.BooleanField()
    closed_at = serializers.DateTimeField(allow_null=True)
    people = MemberShape(many=True)
    assignments = AssignmentShape(many=True)


class GroupCaseShape(serializers.Serializer[Any]):
    slug = serializers.CharField(source="case.slug")
    title = serializers.CharField()


class GroupCasesWrite(Strict):
    """The slugs of all that the group works on, among the cases that you see; another mentor's, which you do not see,
    stay."""

    cases = serializers.ListField(child=serializers.CharField(max_length=100), max_length=_MOST_NAMED)


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


@extend_schema(methods=["GET"], operation_id="group_read", responses=OneGroupShape)
@extend_schema(methods=["PUT"], request=GroupWrite, responses=OneGroupShape)
@never_cache
@api_view(["GET", "PUT"])
def group(request: Request, pk: UUID) -> Response:
    """A group of yours: its people, and the interviews that you may see. PUT gives it another name and description, as
    a mentor."""
    if request.method == "PUT":
        held = access.mentor_in(request.user, pk).group
        form = formed(GroupForm(sent(request, GroupWrite)))
        verbs.edit(group=held, **form.cleaned_data)
    return Response(_shown(access.member_in(request.user, pk), timezone.now()))


@extend_schema(request=None, responses={204: None})
@for_interviewers
@api_view(["POST"])
def close(request: Request, pk: UUID) -> Response:
    """End the programme, as a mentor: nobody joins, and nothing is set or begun any more. Twice is once."""
    verbs.close(group=access.mentor_in(request.user, pk).group, now=timezone.now())
    return Response(status=204)


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def leave(request: Request, pk: UUID) -> Response:
    """Leave the group; interviews with you that were not begun are taken back. Refused to its last mentor."""
    me = access.member_in(request.user, pk)
    memberships.leave(group=me.group, user_id=me.user_id, now=timezone.now())
    return Response(status=204)


@extend_schema(methods=["GET"], operation_id="group_cases_list", responses=GroupCaseShape(many=True))
@extend_schema(methods=["PUT"], request=GroupCasesWrite, responses=GroupCaseShape(many=True))
@for_interviewers
@never_cache
@api_view(["GET", "PUT"])
def cases(request: Request, pk: UUID) -> Response:
    """The cases that the group works on, as far as you see them as its mentor; PUT chooses them."""
    me, user = access.mentor_in(request.user, pk), person(request)
    if request.method == "PUT":
        slugs = sent(request, GroupCasesWrite)["cases"]
        seen = set(visible_to(user).values_list("case__slug", flat=True))
        if unknown := [slug for slug in slugs if slug not in seen]:
            raise ValidationError({"cases": [f"There is no case {unknown[0]!r} that you see."]})
        verbs.set_cases(group=me.group, by=user, slugs=slugs)
    return Response(GroupCaseShape(cases_of(me.group, user), many=True).data)


@extend_schema(operation_id="group_members_list", responses=MemberRowShape(many=True))
@for_interviewers
@never_cache
@api_view(["GET"])
def members(request: Request, pk: UUID) -> Response:
    """Everybody in the group, as its mentor: by these `id` you set interviews, and how far each one is."""
    me = access.mentor_in(request.user, pk)
    found = people_of(me.group, rows_of(me, timezone.now()))
    return Response(MemberRowShape(found, many=True).data)


@extend_schema(methods=["PUT"], request=RoleWrite, responses={204: None})
@extend_schema(methods=["DELETE"], responses={204: None})
@for_interviewers
@api_view(["PUT", "DELETE"])
def member(request: Request, pk: UUID, user_id: int) -> Response:
    """Make a member a mentor, or a mentor a member, as a mentor; DELETE takes somebody else out of the group."""
    held, by, now = access.mentor_in(request.user, pk).group, person(request).pk, timezone.now()
    if request.method == "DELETE":
        memberships.leave(group=held, user_id=user_id, removed_by=by, now=now)
        return Response(status=204)
    role = Membership.Role(sent(request, RoleWrite)["role"])
    memberships.set_role(group=held, user_id=user_id, role=role, by=by, now=now)
    return Response(status=204)


def _shown(me: Membership, now: datetime) -> dict[str, Any]:
    rows = rows_of(me, now)
    shown: dict[str, Any] = OneGroupShape(
        {
            "id": me.group_id,
            "name": me.group.name,
            "description": me.group.description,
            "role": me.role,
            "shows_levels": me.shows_levels,
            "closed_at": me.group.closed_at,
            "people": people_of(me.group, rows),
            "assignments": rows,
        }
    ).data
    return shown
