"""The board as text: what an import, a starter or an edited outline would change.

Nothing is drawn here. The browser makes the change one step that can be undone, and sends it over the room's socket
like every other edit; so there is one way onto a board, and it is checked there.
"""

from __future__ import annotations

from secrets import token_hex
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import limits
from casebank.limits import Limit
from interviews import access
from interviews.api import shapes
from interviews.errors import Refused
from interviews.models import Seat
from interviews.queries.drawing import drawing, draws_now
from interviews.queries.starters import starters_of
from whiteboard import formats, outline, scene
from whiteboard.formats import Drawn, FormatError
from whiteboard.layout import to_elements
from whiteboard.revision import Revision, revise

# Reading a drawing takes a core for up to a second.
DRAWING = Limit("drawing", 30)
# Whoever has the outline open while drawing asks again after each burst.
OUTLINE = Limit("outline", 120)


@extend_schema(request=shapes.ImportWrite, responses=shapes.ChangesShape)
@api_view(["POST"])
@parser_classes([MultiPartParser])
def board_import(request: Request, pk: UUID) -> Response:
    """The shapes of a drawing in another format, for a board that this seat may draw on."""
    _drawing_seat(request, pk)
    wish = shapes.ImportWrite(data=request.data)
    wish.is_valid(raise_exception=True)
    text = _text(wish.validated_data["drawing"])
    try:
        return _changes(formats.read(wish.validated_data["format"], text, mark=_mark()))
    except FormatError as error:
        raise _refused(error) from error


@extend_schema(responses=shapes.ChangesShape)
@api_view(["GET"])
def board_starter(request: Request, pk: UUID, slug: str) -> Response:
    """The shapes of a drawing to begin with."""
    seat = _drawing_seat(request, pk)
    starter = next((one for one in starters_of(seat.session) if one.slug == slug), None)
    if starter is None:
        raise Http404("There is no such starter.")
    return _changes(Drawn(to_elements(starter.graph, mark=_mark())))


@extend_schema(responses=shapes.OutlineShape)
@api_view(["GET"])
def board_outline(request: Request, pk: UUID) -> Response:
    """The drawing as an outline."""
    seat = access.seat_in(request.user, pk)
    limits.spend(OUTLINE, by=seat.user_id, now=timezone.now())
    written = outline.write(scene.read(drawing(seat.session)))
    return Response({"text": written.text, "ids": written.ids})


@extend_schema(request=shapes.OutlineWrite, responses=shapes.ChangesShape)
@api_view(["POST"])
def board_revision(request: Request, pk: UUID) -> Response:
    """What an edited outline changes; `base` and `ids` are what `board_outline` gave."""
    seat = _drawing_seat(request, pk)
    wish = shapes.OutlineWrite(data=request.data)
    wish.is_valid(raise_exception=True)
    said = wish.validated_data
    try:
        base, wanted = outline.read(said["base"], said["ids"]), outline.read(said["text"])
    except FormatError as error:
        raise _refused(error) from error
    return _changes(revise(drawing(seat.session), base, wanted, mark=_mark()))


def _drawing_seat(request: Request, pk: UUID) -> Seat:
    seat, now = access.drawer_in(request.user, pk), timezone.now()
    limits.spend(DRAWING, by=seat.user_id, now=now)
    if not draws_now(seat, now):
        raise Refused("closed", "The board takes no changes at the moment. Nothing was changed.", status=409)
    return seat


def _text(upload: File[bytes]) -> str:
    if (upload.size or 0) > formats.MAX_BYTES:
        most = f"{formats.MAX_BYTES // 1_000_000} MB"
        raise Refused("too_big", f"This is larger than {most}. Nothing was put on the board.", status=413)
    try:
        return str(upload.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            "unreadable", "This is not text in UTF-8. Nothing was put on the board.", status=422
        ) from error


def _refused(error: FormatError) -> Refused:
    words = f"{error.where}: {error.reason}".rstrip("?.") + ("?" if error.reason.endswith("?") else ".")
    return Refused("unreadable", f"{words[0].upper()}{words[1:]} Nothing was changed.", status=422)


def _mark() -> str:
    return f"{token_hex(5)}-"


def _changes(made: Drawn | Revision) -> Response:
    if isinstance(made, Drawn):
        body: dict[str, Any] = {"added": made.elements, "left_out": made.left_out}
    else:
        body = {
            "added": made.added,
            "changed": made.changed,
            "removed": made.removed,
            "skipped": made.skipped,
        }
    return Response({"changed": {}, "removed": [], "left_out": 0, "skipped": 0, **body})
