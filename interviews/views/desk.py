"""The notes as people read them: formatted, with their pictures."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from casebank import limits
from casebank.limits import Limit
from interviews import access
from interviews.errors import Refused
from interviews.models import NotePicture, Session
from interviews.rules.notes import MAX_CHARACTERS
from interviews.rules.pictures import MEDIA_TYPE
from interviews.views.notes_shown import formatted
from interviews.views.request import UserRequest

# Who reads along has it rendered again after each burst of typing.
PREVIEW = Limit("preview", 120)


@login_required
@require_POST
def preview(request: UserRequest, pk: UUID) -> HttpResponse:
    """A note's text as HTML, for everybody in the session; nothing is saved."""
    seat = access.seat_in(request.user, pk)
    limits.spend(PREVIEW, by=seat.user_id, now=timezone.now())
    text = request.POST.get("text", "")
    if len(text) > MAX_CHARACTERS:
        raise Refused("too_long", f"A note holds at most {MAX_CHARACTERS:,} characters.", status=413)
    return render(request, "interviews/room/_preview.html", {"text": formatted(text, pk)})


@login_required
@require_safe
def picture(request: UserRequest, pk: UUID, picture_id: UUID) -> HttpResponse:
    """A picture of the notes, to whoever has a seat in the session; it never changes under its address."""
    return picture_in(access.seat_in(request.user, pk).session, picture_id)


def picture_in(session: Session, picture_id: UUID) -> HttpResponse:
    """A picture of this session's notes; the caller has gone through a door to it."""
    found = NotePicture.objects.filter(session=session, pk=picture_id).first()
    if found is None:
        raise Http404("There is no such picture.")
    response = HttpResponse(bytes(found.data), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'inline; filename="picture.webp"'
    # Opened by itself it is a picture and nothing else, whatever a browser takes it for.
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
