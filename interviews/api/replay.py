"""The replay of an ended session over REST: what happened when, and board and notes as they were at a second."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, for_interviewers, queried, query
from casebank.api.drafts import person
from interviews import access
from interviews.audit import readings
from interviews.errors import Refused
from interviews.models import Seat, Session, State
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from interviews.queries.film import Film, film_of
from interviews.queries.replay import Then, foreign_to, names_of, replay, without
from interviews.views.telling import lines
from whiteboard.replay import Damaged


class MomentQuery(Strict):
    # Nine digits are thirty years: longer than any session, and small enough for every clock.
    t = serializers.IntegerField(
        min_value=0, max_value=999_999_999, default=0, help_text="Seconds since the start."
    )


class BegunPhaseShape(serializers.Serializer[Any]):
    """`second` is when it began, pauses counted."""

    second = serializers.IntegerField()
    id = serializers.CharField()
    name = serializers.CharField()


class TimelineShape(serializers.Serializer[Any]):
    """Seconds since the start, pauses counted. `seconds` are those at which anything that is shown changes."""

    duration = serializers.IntegerField()
    seconds = serializers.ListField(child=serializers.IntegerField())
    phases = BegunPhaseShape(many=True)


class ActivityShape(serializers.Serializer[Any]):
    """What somebody did: `words` tell it, `second` shows it. `kind` is an event's, or wrote, said or drew."""

    second = serializers.IntegerField()
    kind = serializers.CharField()
    words = serializers.CharField()


class ReplayShape(TimelineShape):
    """`activity` in its order. `pauses` are pairs of seconds."""

    began_at = serializers.DateTimeField()
    pauses = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()))
    activity = ActivityShape(many=True)


class MomentShape(serializers.Serializer[Any]):
    """As it was at `second`, which is at most the duration. `fresh` are the ids of what had just been drawn."""

    second = serializers.IntegerField()
    phase = serializers.CharField(source="phase.id", default=None, allow_null=True)
    notes = serializers.DictField(child=serializers.CharField())
    elements = serializers.ListField(child=serializers.DictField())
    fresh = serializers.ListField(child=serializers.CharField())


@extend_schema(responses=ReplayShape)
@never_cache
@api_view(["GET"])
def timeline(request: Request, pk: UUID) -> Response:
    """The whole of it, once everybody who was asked has agreed to a replay: what happened when."""
    seat, film = _open(request, pk)
    readings.replay(seat, now=timezone.now())
    told = lines(film.activity, names_of(seat.session))[::-1]
    done = [
        {"second": one.second, "kind": one.kind, "words": line.words}
        for one, line in zip(film.activity, told, strict=True)
    ]
    more = {"began_at": film.start, "pauses": film.pauses, "activity": done}
    return Response(ReplayShape({**_timeline(film), **more}).data)


@extend_schema(responses=MomentShape)
@query(MomentQuery)
@never_cache
@api_view(["GET"])
def moment(request: Request, pk: UUID) -> Response:
    """Board and notes as they were at the second `t`."""
    wish = queried(request, MomentQuery)
    seat, film = _open(request, pk)
    readings.replay(seat, now=timezone.now())
    then = replay(seat.session, film, wish["t"])
    return Response(_moment(then))


@extend_schema(operation_id="rating_replay", responses=TimelineShape)
@for_interviewers
@never_cache
@api_view(["GET"])
def rated_timeline(request: Request, pk: UUID) -> Response:
    """The timeline of a session that you rate blind, without who did what."""
    rating = access.second_rating(person(request), pk)
    film = _film(rating.session)
    readings.work(rating, now=timezone.now())
    return Response(TimelineShape(_timeline(film)).data)


@extend_schema(operation_id="rating_moment", responses=MomentShape)
@query(MomentQuery)
@for_interviewers
@never_cache
@api_view(["GET"])
def rated_moment(request: Request, pk: UUID) -> Response:
    """Board and notes of a session that you rate blind at the second `t`, without what an interviewer drew."""
    wish = queried(request, MomentQuery)
    rating = access.second_rating(person(request), pk)
    film = _film(rating.session)
    readings.work(rating, now=timezone.now())
    then = replay(rating.session, film, wish["t"])
    return Response(_moment(without(foreign_to(rating.session), then)))


def _open(request: Request, pk: UUID) -> tuple[Seat, Film]:
    """One's seat, and the film that whoever sits in this session may see now."""
    seat = access.seat_in(request.user, pk)
    session = seat.session
    if session.state != State.ENDED:
        raise Refused("not_ended", "This session has not ended, so there is no replay yet.")
    if session.replay_gone_at:
        raise Refused("gone", "The replay of this session is not kept any longer.", status=410)
    if not replay_is_open(cast_of(session)):
        raise Refused(
            "no_consent", "The replay opens once everybody who was asked has agreed to it.", status=403
        )
    return seat, _film(session)


def _film(session: Session) -> Film:
    try:
        film = film_of(session)
    except Damaged as damaged:
        raise Refused("damaged", "The record of the board cannot be read.", status=500) from damaged
    if film is None:
        raise Http404("There is nothing to replay.")
    return film


def _timeline(film: Film) -> dict[str, Any]:
    phases = [{"second": second, "id": phase.id, "name": phase.name} for second, phase in film.phases]
    return {"duration": film.duration, "seconds": film.seconds, "phases": phases}


def _moment(then: Then) -> dict[str, Any]:
    shown: dict[str, Any] = MomentShape(then).data
    return {**shown, "fresh": sorted(then.fresh)}
