"""Making a session, one's sessions, and who sits in them."""

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

from casebank.api.asked import Paged, Strict, queried, query, sent
from casebank.api.drafts import formed, person
from casebank.api.paging import page_of, paged
from casebank.limits import spend
from interviews import access
from interviews.actions import consents, invitations, invites, sessions
from interviews.api.shapes import SessionCaseShape
from interviews.forms import LEVELS, Arrangement, NewSession
from interviews.limits import LINK
from interviews.models import Part, Role, State, Swap
from interviews.queries import room
from interviews.queries.cast import cast_of
from interviews.queries.mine import SORTS, sessions_of

_LEVELS = [value for value, _ in LEVELS]


class SessionsQuery(Paged):
    state = serializers.ChoiceField(choices=State.values, required=False)
    role = serializers.ChoiceField(choices=Role.values, required=False)
    order = serializers.ChoiceField(choices=list(SORTS), default="-created_at")


class SessionRowShape(serializers.Serializer[Any]):
    """A line of the list. `overall` is the automatic verdict 1-4, null where there is none or it is not shown yet."""

    id = serializers.UUIDField(source="seat.session.id")
    state = serializers.CharField(source="seat.session.state")
    mode = serializers.CharField(source="seat.session.mode")
    role = serializers.CharField(source="seat.role")
    case = SessionCaseShape(source="seat.session.case_version")
    partner = serializers.CharField()
    created_at = serializers.DateTimeField(source="seat.session.created_at")
    ended_at = serializers.DateTimeField(source="seat.session.ended_at", allow_null=True)
    overall = serializers.IntegerField(allow_null=True)
    rate_first = serializers.BooleanField()


class SessionWrite(Strict):
    """`although_seen` says that a case which you know shall be asked all the same."""

    case = serializers.CharField(max_length=100, help_text="Its slug.")
    arrangement = serializers.ChoiceField(choices=Arrangement.values)
    framework = serializers.CharField(max_length=40)
    level = serializers.ChoiceField(choices=_LEVELS)
    swap = serializers.ChoiceField(choices=["", *Swap.values], default="")
    hands_off = serializers.BooleanField(default=False)
    panel = serializers.BooleanField(default=False)
    although_seen = serializers.BooleanField(default=False)


class SessionMadeShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.CharField()


class SeatShape(serializers.Serializer[Any]):
    seat = serializers.IntegerField()
    role = serializers.CharField()
    called = serializers.CharField()
    name = serializers.CharField()


class InviteWrite(Strict):
    """With an `email` the link is sent there and shown to nobody."""

    role = serializers.ChoiceField(choices=Role.values)
    part = serializers.ChoiceField(choices=Part.values, default="", allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False)


class InviteShape(serializers.Serializer[Any]):
    """`token` and `link` are shown this once; both are null where the link went by mail."""

    token = serializers.CharField(allow_null=True)
    link = serializers.URLField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)


class PlaceWrite(Strict):
    role = serializers.ChoiceField(choices=Role.values)
    part = serializers.ChoiceField(choices=Part.values, default="", allow_blank=True)


class TokenWrite(Strict):
    token = serializers.CharField(max_length=200)


class InvitedShape(serializers.Serializer[Any]):
    """What an invite leads to."""

    session = serializers.UUIDField(source="session_id")
    role = serializers.CharField()
    by = serializers.CharField(source="created_by")
    case = SessionCaseShape(source="session.case_version")
    expires_at = serializers.DateTimeField()


class TakenShape(serializers.Serializer[Any]):
    session = serializers.UUIDField(source="session_id")
    seat = serializers.IntegerField(source="pk")
    role = serializers.CharField()


class ConsentWrite(Strict):
    replay = serializers.BooleanField()


@extend_schema(methods=["GET"], operation_id="sessions_list", responses=page_of(SessionRowShape))
@extend_schema(methods=["POST"], request=SessionWrite, responses={201: SessionMadeShape})
@query(SessionsQuery)
@never_cache
@api_view(["GET", "POST"])
def session_list(request: Request) -> Response:
    """Your sessions; POST makes one, in the lobby."""
    if request.method == "GET":
        said = queried(request, SessionsQuery)
        begin = (said["page"] - 1) * said["per_page"]
        rows = sessions_of(
            person(request),
            limit=begin + said["per_page"] + 1,
            offset=begin,
            state=said.get("state"),
            role=said.get("role"),
            order=said["order"],
        )
        return paged(request, rows, SessionRowShape, SessionsQuery, begins_at=begin)
    form = formed(NewSession(sent(request, SessionWrite), user=person(request)))
    made = sessions.create(by=person(request), now=timezone.now(), **form.wish())
    return Response(SessionMadeShape(made).data, status=201)


@extend_schema(operation_id="session_people", responses=SeatShape(many=True))
@never_cache
@api_view(["GET"])
def people(request: Request, pk: UUID) -> Response:
    """Everybody who holds a seat."""
    return Response(SeatShape(room.people(cast_of(access.seat_in(request.user, pk).session)), many=True).data)


@extend_schema(responses={204: None})
@api_view(["DELETE"])
def seat(request: Request, pk: UUID, seat_id: int) -> Response:
    """End the seat of somebody who watches, or your own as one who does."""
    own = access.seat_in(request.user, pk)
    invites.dismiss(session=own.session, seat_id=seat_id, by=own, now=timezone.now())
    return Response(status=204)


@extend_schema(methods=["POST"], request=InviteWrite, responses={201: InviteShape})
@never_cache
@api_view(["POST"])
def invite(request: Request, pk: UUID) -> Response:
    """Make a link to a seat, which replaces the older one to it."""
    own, now = access.seat_in(request.user, pk), timezone.now()
    said = sent(request, InviteWrite)
    role, part = Role(said["role"]), Part(said["part"])

    def link(token: str) -> str:
        return request.build_absolute_uri(reverse("interviews:invite_open", args=[token]))

    if email := said.get("email"):
        invitations.send(session=own.session, by=own, role=role, part=part, email=email, link=link, now=now)
        return Response({"token": None, "link": None, "expires_at": None}, status=201)
    spend(LINK, by=person(request).pk, now=now)
    made, token = invites.create(session=own.session, by=own, role=role, part=part, now=now)
    answer = {"token": token, "link": link(token), "expires_at": made.expires_at}
    return Response(InviteShape(answer).data, status=201)


@extend_schema(request=PlaceWrite, responses={204: None})
@api_view(["POST"])
def revoke(request: Request, pk: UUID) -> Response:
    """Withdraw the open link to a seat."""
    own = access.seat_in(request.user, pk)
    invites.revoke(session=own.session, by=own, now=timezone.now(), **sent(request, PlaceWrite))
    return Response(status=204)


@extend_schema(request=None, responses={204: None})
@api_view(["POST"])
def one_interviewer(request: Request, pk: UUID) -> Response:
    """Give up a panel's free seat, or that of an interviewer who does not come."""
    own = access.seat_in(request.user, pk)
    invites.go_on_with_one(session=own.session, by=own, now=timezone.now())
    return Response(status=204)


@extend_schema(request=TokenWrite, responses=InvitedShape)
@never_cache
@api_view(["POST"])
def look(request: Request) -> Response:
    """What an invite's token leads to; nothing is taken."""
    found = invites.look(now=timezone.now(), by=person(request), **sent(request, TokenWrite))
    return Response(InvitedShape(found).data)


@extend_schema(request=TokenWrite, responses={201: TakenShape})
@api_view(["POST"])
def accept(request: Request) -> Response:
    """Take the seat that an invite's token leads to."""
    taken = invites.redeem(now=timezone.now(), by=person(request), **sent(request, TokenWrite))
    return Response(TakenShape(taken).data, status=201)


@extend_schema(request=ConsentWrite, responses={204: None})
@api_view(["PUT"])
def consent(request: Request, pk: UUID) -> Response:
    """You are ready, and agree to a replay or do not; the last answer counts."""
    own, now = access.seat_in(request.user, pk), timezone.now()
    said = sent(request, ConsentWrite)
    consents.count(seat=own, now=now)
    consents.answer(seat=own, replay=said["replay"], now=now)
    return Response(status=204)
