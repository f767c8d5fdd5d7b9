"""What is written in a session: notes, the chat, what was handed in; and the interviewer's own notes."""

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

from casebank.api.asked import Strict, for_interviewers, queried, query, sent
from casebank.api.conditions import IF_MATCH, base_of, conflict, etag
from casebank.api.problems import problem
from interviews import access
from interviews.actions import chat, notes, sessions
from interviews.audit import readings
from interviews.models import Note, Seat, Submission
from interviews.queries import room, server_time
from interviews.queries.chat import chat_for
from interviews.queries.told import said
from interviews.rules.notes import MAX_CHARACTERS


class NoteWrite(Strict):
    """`base` is the version that `text` was typed on; If-Match may say it instead."""

    text = serializers.CharField(max_length=MAX_CHARACTERS, allow_blank=True, trim_whitespace=False)
    base = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class NoteSavedShape(serializers.Serializer[Any]):
    step = serializers.CharField()
    version = serializers.IntegerField()


class NoteShape(NoteSavedShape):
    text = serializers.CharField()


class OwnNoteShape(serializers.Serializer[Any]):
    text = serializers.CharField()
    version = serializers.IntegerField()


class ChatQuery(Strict):
    after = serializers.IntegerField(min_value=0, max_value=2**63 - 1, default=0)


class MessageWrite(Strict):
    """`ref` is your number for it: the same one again doubles nothing."""

    text = serializers.CharField(max_length=20_000, allow_blank=True)
    ref = serializers.IntegerField(min_value=0, max_value=2**52)


class MessageShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="message.pk")
    at = serializers.DateTimeField(source="message.at")
    text = serializers.CharField(source="message.text")
    name = serializers.CharField()
    mine = serializers.BooleanField()


class SaidShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    text = serializers.CharField()


class FactShape(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    ask = serializers.CharField()
    answer = serializers.CharField()
    second = serializers.IntegerField(help_text="Since the start.")


class ToldShape(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["hint_given", "flipped"])
    text = serializers.CharField()
    second = serializers.IntegerField(help_text="Since the start.")


class GivenShape(serializers.Serializer[Any]):
    """What was put before everybody while the clock ran."""

    facts = FactShape(many=True)
    told = ToldShape(many=True)


class BoardShape(serializers.Serializer[Any]):
    elements = serializers.ListField(child=serializers.DictField())


class SubmissionShape(serializers.Serializer[Any]):
    submitted_at = serializers.DateTimeField()
    notes = serializers.DictField(child=serializers.CharField(), help_text="By step.")
    elements = serializers.ListField(child=serializers.DictField(), source="board")


@extend_schema(operation_id="notes_list", responses=NoteShape(many=True))
@never_cache
@api_view(["GET"])
def note_list(request: Request, pk: UUID) -> Response:
    """The candidate's notes, one for each step."""
    found = _seat(request, pk).session.notes.order_by("pk")
    return Response(NoteShape(found, many=True).data)


@extend_schema(methods=["GET"], responses=NoteShape)
@extend_schema(methods=["PUT"], parameters=[IF_MATCH], request=NoteWrite, responses=NoteSavedShape)
@never_cache
@api_view(["GET", "PUT"])
def note(request: Request, pk: UUID, step: str) -> Response:
    """One note, with its ETag. PUT saves it on top of `base` or If-Match, as the candidate; where somebody saved in
    between, 409 or 412 with the server's text."""
    if request.method == "GET":
        found = Note.objects.filter(session=_seat(request, pk).session, step=step).first()
        if found is None:
            raise Http404("There is no such step.")
        return Response(NoteShape(found).data, headers=etag(found.version))
    seat = access.candidate_in(request.user, pk)
    said = sent(request, NoteWrite)
    base = base_of(request, said.get("base"))
    try:
        saved = notes.save(seat=seat, step=step, text=said["text"], base=base, now=server_time.now())
    except notes.Stale as stale:
        return _stale(request, stale)
    return Response(NoteSavedShape(saved).data, headers=etag(saved.version))


@extend_schema(methods=["GET"], responses=OwnNoteShape)
@extend_schema(methods=["PUT"], parameters=[IF_MATCH], request=NoteWrite, responses=OwnNoteShape)
@for_interviewers
@never_cache
@api_view(["GET", "PUT"])
def private_note(request: Request, pk: UUID) -> Response:
    """Your private notes as interviewer, before, during and after; saved as the candidate's are."""
    seat = access.interviewer_in(request.user, pk)
    if request.method == "GET":
        found = readings.private_note(seat, timezone.now())
        return Response(found, headers=etag(found["version"]))
    said = sent(request, NoteWrite)
    base = base_of(request, said.get("base"))
    try:
        saved = notes.save_private(seat=seat, text=said["text"], base=base, now=timezone.now())
    except notes.Stale as stale:
        return _stale(request, stale)
    return Response({"text": saved.text, "version": saved.version}, headers=etag(saved.version))


@extend_schema(methods=["GET"], responses=MessageShape(many=True))
@extend_schema(methods=["POST"], request=MessageWrite, responses={201: SaidShape})
@query(ChatQuery)
@never_cache
@api_view(["GET", "POST"])
def messages(request: Request, pk: UUID) -> Response:
    """The chat, the earliest first, from the message after `after`; POST says something."""
    seat, now = _seat(request, pk), timezone.now()
    if request.method == "GET":
        after = queried(request, ChatQuery)["after"]
        return Response(MessageShape(chat_for(seat, now, after=after).said, many=True).data)
    return Response(SaidShape(chat.say(seat=seat, now=now, **sent(request, MessageWrite))).data, status=201)


@extend_schema(responses=GivenShape)
@never_cache
@api_view(["GET"])
def given(request: Request, pk: UUID) -> Response:
    """The facts, hints and changed constraints that were told."""
    return Response(GivenShape(said(_seat(request, pk).session)).data)


@extend_schema(responses=BoardShape)
@never_cache
@api_view(["GET"])
def board(request: Request, pk: UUID) -> Response:
    """The board as it stands. It is drawn on by the room's socket."""
    return Response({"elements": room.drawn(_seat(request, pk).session)})


@extend_schema(responses=SubmissionShape)
@never_cache
@api_view(["GET"])
def submission(request: Request, pk: UUID) -> Response:
    """What was handed in, which never changes; 404 before that."""
    found = Submission.objects.filter(session=_seat(request, pk).session).first()
    if found is None:
        raise Http404("Nothing was handed in yet.")
    return Response(SubmissionShape(found).data)


def _seat(request: Request, pk: UUID) -> Seat:
    """The seat, in a session that is closed first if its time is up."""
    seat = access.seat_in(request.user, pk)
    if sessions.close_if_over(pk=pk, now=server_time.now()):
        seat.session.refresh_from_db()
    return seat


def _stale(request: Request, stale: notes.Stale) -> Response:
    return problem(conflict(request), stale.code, stale.message, text=stale.text, version=stale.version)
