"""Who interviews whom in a group, over REST: set by a mentor, begun by those who take part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import frameworks
from casebank.api.asked import Strict, for_interviewers, sent
from casebank.api.drafts import formed, person
from casebank.limits import spend
from interviews import access
from interviews.actions import assignments
from interviews.actions.memberships import MOST_MEMBERS
from interviews.api.booking import BookingShape, StartWrite, booked
from interviews.api.lobby import SessionMadeShape
from interviews.forms import LEVELS
from interviews.groupforms import OneForm, RotaForm
from interviews.limits import AGREE
from interviews.models import Membership
from interviews.queries.groups import Row, cases_of, people_of, rows_of
from interviews.queries.people import zone_of

_LARGEST = 2**31 - 1


class AssignmentShape(serializers.Serializer[Any]):
    """An interview that is set; `case` is its title where you may know it, `role` yours, else empty."""

    id = serializers.IntegerField(source="assignment.pk")
    candidate = serializers.CharField()
    interviewers = serializers.ListField(child=serializers.CharField())
    role = serializers.CharField()
    case = serializers.CharField()
    standing = serializers.CharField()
    due_at = serializers.DateTimeField(source="assignment.due_at")


class TermsWrite(Strict):
    """`due` is a day from today on, within a year; it ends by your own zone's clock."""

    due = serializers.DateField()
    framework = serializers.ChoiceField(choices=list(frameworks.load()))
    level = serializers.ChoiceField(choices=[value for value, _ in LEVELS])


class AssignmentWrite(TermsWrite):
    """The people are `id` of members, the case one of the group's. With a `second` they are a panel."""

    candidate = serializers.IntegerField(min_value=0, max_value=_LARGEST)
    interviewer = serializers.IntegerField(min_value=0, max_value=_LARGEST)
    second = serializers.IntegerField(min_value=0, max_value=_LARGEST, allow_null=True, default=None)
    case = serializers.CharField(max_length=100, help_text="Its slug.")


class RotaWrite(TermsWrite):
    """A round a week among these `id` of members; `due` is the first round's. `panels`: two interviewers each."""

    members = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=_LARGEST), max_length=MOST_MEMBERS
    )
    weeks = serializers.IntegerField(min_value=1, max_value=12)
    panels = serializers.BooleanField(default=False)


class GapShape(serializers.Serializer[Any]):
    """What could not be done for `candidate`, a member's `id`, in this week. `why`: "partner", nobody is left to
    interview them; "second", one interviews instead of two; "case", no case is left that they will not know by then."""

    week = serializers.IntegerField()
    candidate = serializers.IntegerField()
    why = serializers.CharField()


class RotaMadeShape(serializers.Serializer[Any]):
    assignments = AssignmentShape(many=True)
    gaps = GapShape(many=True)


@extend_schema(methods=["POST"], request=AssignmentWrite, responses={201: AssignmentShape})
@extend_schema(methods=["DELETE"], operation_id="group_rota_withdraw", responses={204: None})
@for_interviewers
@api_view(["POST", "DELETE"])
def rota(request: Request, pk: UUID) -> Response:
    """Set one interview by hand, as a mentor; DELETE takes back all that nobody has begun."""
    me, user, now = access.mentor_in(request.user, pk), person(request), timezone.now()
    if request.method == "DELETE":
        assignments.withdraw_all(group=me.group, by=user, now=now)
        return Response(status=204)
    said = sent(request, AssignmentWrite)
    cases = [(version.case, version.title) for version in cases_of(me.group, user)]
    with timezone.override(zone_of(user)):
        form = formed(OneForm(said, group=me.group, people=people_of(me.group, ()), cases=cases))
    made = assignments.add(
        group=me.group,
        by=user,
        people=form.chosen(),
        case=form.cases[form.cleaned_data["case"]],
        terms=form.terms(),
        now=now,
    )
    (row,) = _rows(me, {made.pk}, now)
    return Response(AssignmentShape(row).data, status=201)


@extend_schema(request=RotaWrite, responses={201: RotaMadeShape})
@for_interviewers
@api_view(["POST"])
def generate(request: Request, pk: UUID) -> Response:
    """Set a fair rota over the group's cases, as a mentor: in each week everybody is the candidate once and interviews
    once. What could not be done is told as `gaps`."""
    me, user, now = access.mentor_in(request.user, pk), person(request), timezone.now()
    said = sent(request, RotaWrite)
    with timezone.override(zone_of(user)):
        form = formed(RotaForm(said, group=me.group, people=people_of(me.group, ())))
    made, gaps = assignments.generate(
        group=me.group,
        by=user,
        members=form.chosen(),
        weeks=form.cleaned_data["weeks"],
        panels=form.cleaned_data["panels"],
        terms=form.terms(),
        now=now,
    )
    rows = _rows(me, {one.pk for one in made}, now)
    return Response(RotaMadeShape({"assignments": rows, "gaps": gaps}).data, status=201)


@extend_schema(responses={204: None})
@for_interviewers
@api_view(["DELETE"])
def assignment(request: Request, pk: UUID, assignment_id: int) -> Response:
    """Take an interview back, as a mentor; what was begun stays, and one that is not there is fine."""
    group = access.mentor_in(request.user, pk).group
    assignments.withdraw(group=group, assignment_id=assignment_id, by=person(request), now=timezone.now())
    return Response(status=204)


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
    """Ask the others of an interview that is set for you for a time."""
    group, now = access.member_in(request.user, pk).group, timezone.now()
    said = sent(request, StartWrite)
    spend(AGREE, by=person(request).pk, now=now)
    made = assignments.propose(group=group, assignment_id=assignment_id, by=person(request), now=now, **said)
    return booked(request, made, status=201)


def _rows(me: Membership, which: Collection[int], now: datetime) -> list[Row]:
    """These assignments as their mentor sees them."""
    return [row for row in rows_of(me, now) if row.assignment.pk in which]
