"""Pictures for the notes."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import limits
from casebank.limits import Limit
from interviews import access
from interviews.actions import pictures
from interviews.api import shapes
from interviews.errors import Refused
from interviews.rules.pictures import MAX_BYTES, mention

# Decoding takes a core for up to a second.
PICTURE = Limit("picture", 20)


@extend_schema(request=shapes.PictureWrite, responses={201: shapes.PictureShape})
@api_view(["POST"])
@parser_classes([MultiPartParser])
def add(request: Request, pk: UUID) -> Response:
    """Keep a picture (PNG, JPEG, WebP, GIF; at most 4 MB) for the notes, while the clock runs; the candidate's alone.
    `markdown` is how a note names it."""
    seat, now = access.candidate_in(request.user, pk), timezone.now()
    limits.spend(PICTURE, by=seat.user_id, now=now)
    wish = shapes.PictureWrite(data=request.data)
    wish.is_valid(raise_exception=True)
    upload = wish.validated_data["picture"]
    if upload.size > MAX_BYTES:
        words = f"A picture holds at most {MAX_BYTES // 1_000_000} MB. It was not put into your notes."
        raise Refused("too_big", words, status=413)
    kept = pictures.add(seat=seat, data=upload.read(), now=now)
    url = reverse("interviews:picture", args=[pk, kept.pk])
    return Response({"id": kept.pk, "url": url, "markdown": mention(kept.pk)}, status=201)
