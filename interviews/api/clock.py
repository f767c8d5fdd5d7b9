"""The clock over REST: started, paused, let run on, given more time, and ended."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import limits
from casebank.api.asked import Strict, sent
from interviews import access
from interviews.actions import extensions, sessions, swap
from interviews.api.lobby import SessionMadeShape
from interviews.limits import MORE_TIME, SWAP
from interviews.models import Session
from interviews.queries.clock import clock_message


class ClockShape(serializers.Serializer[Any]):
    """The session's clock at `server_time`, in ms since 1970; spans are seconds."""

    state = serializers.CharField()
    server_time = serializers.IntegerField()
    clock = serializers.DictField()


class PauseWrite(Strict):
    reason = serializers.CharField(max_length=200, default="", allow_blank=True)


class MoreTimeWrite(Strict):
    minutes = serializers.ChoiceField(choices=[5, 10])


class MoreTimeAnswer(Strict):
    extension = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    agree = serializers.BooleanField()


@extend_schema(request=None, responses=ClockShape)
@api_view(["POST"])
def start(request: Request, pk: UUID) -> Response:
    """Start the clock; twice changes nothing."""
    seat = access.clock_keeper_in(request.user, pk)
    return _clock(sessions.start(session=seat.session, by=seat, now=timezone.now()))


@extend_schema(request=PauseWrite, responses=ClockShape)
@api_view(["POST"])
def pause(request: Request, pk: UUID) -> Response:
    """Stop the clock until it is resumed."""
    seat = access.clock_keeper_in(request.user, pk)
    said = sent(request, PauseWrite)
    return _clock(sessions.pause(session=seat.session, by=seat, now=timezone.now(), **said))


@extend_schema(request=None, responses=ClockShape)
@api_view(["POST"])
def resume(request: Request, pk: UUID) -> Response:
    """Let the clock run on."""
    seat = access.clock_keeper_in(request.user, pk)
    return _clock(sessions.resume(session=seat.session, by=seat, now=timezone.now()))


@extend_schema(request=None, responses=ClockShape)
@api_view(["POST"])
def submit(request: Request, pk: UUID) -> Response:
    """Hand in and end the session, as its candidate."""
    seat = access.candidate_in(request.user, pk)
    return _clock(sessions.submit(session=seat.session, by=seat, now=timezone.now()))


@extend_schema(request=None, responses=ClockShape)
@api_view(["POST"])
def abandon(request: Request, pk: UUID) -> Response:
    """Give up a session that has not begun."""
    seat = access.player_in(request.user, pk)
    return _clock(sessions.abandon(session=seat.session, by=seat, now=timezone.now()))


@extend_schema(request=MoreTimeWrite, responses=ClockShape)
@api_view(["POST"])
def extend(request: Request, pk: UUID) -> Response:
    """Ask for more time; alone one takes it."""
    seat, now = access.player_in(request.user, pk), timezone.now()
    said = sent(request, MoreTimeWrite)
    limits.spend(MORE_TIME, by=seat.user_id, now=now)
    return _clock(extensions.ask(session=seat.session, by=seat, now=now, **said))


@extend_schema(request=MoreTimeAnswer, responses=ClockShape)
@api_view(["POST"])
def answer(request: Request, pk: UUID) -> Response:
    """Agree to more time, decline, or take the wish back."""
    seat = access.player_in(request.user, pk)
    said = sent(request, MoreTimeAnswer)
    done = extensions.answer(
        session=seat.session, by=seat, extension=said["extension"], yes=said["agree"], now=timezone.now()
    )
    return _clock(done)


@extend_schema(request=None, responses=SessionMadeShape)
@api_view(["POST"])
def second_half(request: Request, pk: UUID) -> Response:
    """Open the second half, in which the roles are swapped; who comes second is told the same session."""
    seat, now = access.player_in(request.user, pk), timezone.now()
    limits.spend(SWAP, by=seat.user_id, now=now)
    return Response(SessionMadeShape(swap.open_second_half(session=seat.session, by=seat, now=now)).data)


def _clock(session: Session) -> Response:
    said = clock_message(session, timezone.now())
    return Response({"state": session.state, "server_time": said["server_time"], "clock": said["clock"]})
