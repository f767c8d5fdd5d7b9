"""What an owner does with their own case over REST: show it to others, retire it, bring it back."""

from __future__ import annotations

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import access, limits, queries
from casebank.actions import retire as retiring
from casebank.actions import shares as sharing
from casebank.api import shapes
from casebank.api.asked import for_interviewers
from casebank.api.drafts import cleaned, person
from casebank.forms import Sharing


@extend_schema(methods=["GET"], responses=shapes.ShareShape(many=True))
@extend_schema(methods=["POST"], request=shapes.ShareWrite, responses={201: shapes.ShareShape})
@for_interviewers
@never_cache
@api_view(["GET", "POST"])
def shares(request: Request, slug: str) -> Response:
    """The addresses that your case is shared with; POST adds one. It never says whether one has an account."""
    case = access.own_case(request.user, slug)
    if request.method == "GET":
        return Response(shapes.ShareShape(case.shares.order_by("email"), many=True).data)
    now = timezone.now()
    limits.spend(limits.SHARE, by=person(request).pk, now=now)
    email = cleaned(Sharing, request)["email"]
    return Response(shapes.ShareShape(sharing.share(case=case, email=email, now=now)).data, status=201)


@extend_schema(responses={204: None})
@for_interviewers
@api_view(["DELETE"])
def share(request: Request, slug: str, share_id: int) -> Response:
    """Take a share back; one that is not there is fine. Sessions that were begun with the case go on."""
    sharing.revoke(case=access.own_case(request.user, slug), share_id=share_id)
    return Response(status=204)


@extend_schema(responses=shapes.RetiredShape(many=True))
@for_interviewers
@never_cache
@api_view(["GET"])
def retired(request: Request) -> Response:
    """Your cases that you have taken out of the bank, the last one first."""
    return Response(shapes.RetiredShape(queries.retired_by(request.user), many=True).data)


@extend_schema(request=None, responses={204: None})
@for_interviewers
@api_view(["POST"])
def retire(request: Request, slug: str) -> Response:
    """Take your own case out of the bank. Sessions that were made with it lose nothing."""
    case = access.own_case(request.user, slug)
    now = timezone.now()
    limits.spend(limits.RETIRE, by=person(request).pk, now=now)
    retiring.retire(case=case, now=now)
    return Response(status=204)


@extend_schema(request=None, responses={204: None})
@for_interviewers
@api_view(["POST"])
def restore(request: Request, slug: str) -> Response:
    """Bring a case back that you had retired."""
    case = access.retired_case(request.user, slug)
    limits.spend(limits.RETIRE, by=person(request).pk, now=timezone.now())
    retiring.restore(case=case)
    return Response(status=204)
