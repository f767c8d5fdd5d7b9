"""Many cases at once over REST: the archive that the pages and commands take too."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, content_negotiation_class, parser_classes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import limits, taking
from casebank.actions.bringing import bring_archive
from casebank.api import shapes
from casebank.api.asked import Strict, for_interviewers, queried, query
from casebank.api.drafts import cleaned, person
from casebank.api.negotiation import ByAddress
from casebank.api.problems import problem
from casebank.authoring.exchange import SHOWN
from casebank.authoring.sending import send
from casebank.forms import Archive
from casebank.schema import Faulty
from casebank.schema.bundle import MOST


class TakeQuery(Strict):
    slugs = serializers.RegexField(
        rf"[-a-z0-9]{{1,64}}(,[-a-z0-9]{{1,64}}){{0,{MOST - 1}}}",
        required=False,
        help_text="Only these cases, with commas between them. Of one that is not yours the newest version comes, if "
        "you may read its guide.",
    )


@extend_schema(responses={(200, "application/zip"): OpenApiTypes.BINARY})
@query(TakeQuery)
@for_interviewers
@never_cache
@api_view(["GET"])
@content_negotiation_class(ByAddress)
def take(request: Request) -> HttpResponseBase:
    """Your cases with all their versions and guides, as one zip of YAML files."""
    wanted = queried(request, TakeQuery).get("slugs", "")
    now = timezone.now()
    limits.spend(limits.TAKE, by=person(request).pk, now=now)
    file = taking.own(person(request), wanted.split(",") if wanted else ())
    return send(request._request, file, f"cases-{now:%Y-%m-%d}.zip")


@extend_schema(request=shapes.ArchiveImport, responses=shapes.ArchiveShape)
@for_interviewers
@api_view(["POST"])
@parser_classes([MultiPartParser])
def bring(request: Request) -> Response:
    """Bring such an archive in as private cases of yours: all of it, or nothing (422) and every fault with its file and
    line. With `dry_run` nothing is kept, and you learn what would become of each. Again changes nothing."""
    limits.spend(limits.BRING, by=person(request).pk, now=timezone.now())
    said = cleaned(Archive, request)
    file, dry = said["file"], said["dry_run"]
    try:
        brought = bring_archive(file=file, name=file.name[:80], owner=person(request), dry=dry)
    except Faulty as faulty:
        words = f"Nothing was brought in: the archive has {len(faulty.faults)} faults."
        found = shapes.ArchiveFaultShape(faulty.faults[:SHOWN], many=True).data
        return problem(422, "faulty", words, faults=found)
    return Response(shapes.ArchiveShape({"dry_run": dry, "cases": brought}).data)
