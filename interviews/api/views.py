"""The REST views: door, validate, verb, render."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interviews import access
from interviews.actions import notes, sessions
from interviews.api import shapes
from interviews.queries.clock import clock_message
from interviews.queries.report import report


@extend_schema(responses=shapes.SessionShape)
@api_view(["GET"])
def session(request: Request, pk: UUID) -> Response:
    """The session's state, its clock, and this user's role in it."""
    now = timezone.now()
    sessions.close_if_over(pk=access.seat_in(request.user, pk).session_id, now=now)
    seat = access.seat_in(request.user, pk)
    clock = clock_message(seat.session, now)
    return Response(
        {
            **shapes.SessionShape(seat.session).data,
            "role": seat.role,
            "server_time": clock["server_time"],
            "clock": clock["clock"],
        }
    )


@extend_schema(responses=shapes.ReportShape)
@api_view(["GET"])
def session_report(request: Request, pk: UUID) -> Response:
    """The report, read through `?framework=`."""
    seat = access.seat_in(request.user, pk)
    return Response(shapes.ReportShape(report(seat, lens=request.query_params.get("framework"))).data)


@extend_schema(
    parameters=[
        OpenApiParameter("anyway", str, enum=["1"], description="Open it although it spoils an interview.")
    ],
    responses=OpenApiTypes.OBJECT,
)
@never_cache
@api_view(["GET"])
def guide(request: Request, pk: UUID) -> Response:
    """The guide to the session's case, for its interviewer alone, who has seen the case from then on; 409 with the
    code would_spoil where another session is about to ask it of this person."""
    seat = access.interviewer_in(request.user, pk)
    anyway = request.query_params.get("anyway") == "1"
    return Response(notes.read_guide(seat=seat, now=timezone.now(), although_it_spoils=anyway))


@extend_schema(request=shapes.NoteWrite, responses=shapes.NoteShape)
@api_view(["PUT"])
def note(request: Request, pk: UUID, step: str) -> Response:
    """Save the candidate's note where the socket cannot be used; 409 with the server's text if stale."""
    seat = access.candidate_in(request.user, pk)
    wish = shapes.NoteWrite(data=request.data)
    wish.is_valid(raise_exception=True)
    try:
        saved = notes.save(seat=seat, step=step, now=timezone.now(), **wish.validated_data)
    except notes.Stale as stale:
        body = {"code": stale.code, "detail": stale.message, "text": stale.text, "version": stale.version}
        return Response(body, status=stale.status)
    return Response(shapes.NoteShape(saved).data)
