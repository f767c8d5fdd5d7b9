"""The line of practise now over REST."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank import frameworks
from casebank.api.asked import Strict, sent
from casebank.api.drafts import formed, person
from casebank.limits import spend
from interviews import access
from interviews.actions import line, matching
from interviews.forms import LEVELS
from interviews.limits import JOIN
from interviews.models import Ticket
from interviews.practise_form import PractiseForm
from interviews.queries.practise import Standing, standing_of
from interviews.rules.languages import LANGUAGES


class PractiseWrite(Strict):
    role = serializers.ChoiceField(choices=Ticket.Wanted.values)
    level = serializers.ChoiceField(choices=[value for value, _ in LEVELS])
    language = serializers.ChoiceField(choices=[code for code, _ in LANGUAGES], default="en")
    framework = serializers.ChoiceField(choices=["", *frameworks.load()], default="")
    swap = serializers.ChoiceField(choices=Ticket.Swapping.values, default="no")
    again = serializers.BooleanField(default=False)


class StandingShape(serializers.Serializer[Any]):
    """`face` is idle, waiting, offered, accepted or session; `offer` is what to accept within `left` seconds, and
    `session` the room that you are led to. Ask every few seconds: who stops asking is taken out of the line."""

    face = serializers.CharField()
    waited = serializers.FloatField()
    offer = serializers.SerializerMethodField()
    partner = serializers.SerializerMethodField()
    left = serializers.FloatField()
    session = serializers.SerializerMethodField()

    def get_offer(self, standing: Standing) -> UUID | None:
        return standing.offer.match_id if standing.offer else None

    def get_partner(self, standing: Standing) -> str | None:
        return standing.partner.name if standing.partner else None

    def get_session(self, standing: Standing) -> UUID | None:
        return standing.seat.session_id if standing.seat else None


@extend_schema(methods=["GET"], operation_id="practise_read", responses=StandingShape)
@extend_schema(methods=["POST"], request=PractiseWrite, responses={201: StandingShape})
@extend_schema(methods=["DELETE"], responses={204: None})
@never_cache
@api_view(["GET", "POST", "DELETE"])
def practise(request: Request) -> Response:
    """Where you stand; POST takes a place in the line, DELETE leaves it."""
    user, now = person(request), timezone.now()
    if request.method == "DELETE":
        line.leave(by=user, now=now)
        return Response(status=204)
    if request.method == "POST":
        form = formed(PractiseForm(sent(request, PractiseWrite), user=user))
        spend(JOIN, by=user.pk, now=now)
        line.join(by=user, wish=form.wish(), now=now)
        return _standing(request, status=201)
    line.keep(by=user, now=now)
    return _standing(request)


@extend_schema(request=None, responses=StandingShape)
@api_view(["POST"])
def accept(request: Request, pk: UUID) -> Response:
    """Say yes to a partner; with the second yes there is a session."""
    access.offer_of(request.user, pk)
    matching.accept(match_id=pk, by=person(request), now=timezone.now())
    return _standing(request)


@extend_schema(request=None, responses=StandingShape)
@api_view(["POST"])
def decline(request: Request, pk: UUID) -> Response:
    """Say no to a partner and stay in the line."""
    access.offer_of(request.user, pk)
    matching.decline(match_id=pk, by=person(request), now=timezone.now())
    return _standing(request)


def _standing(request: Request, *, status: int = 200) -> Response:
    return Response(StandingShape(standing_of(person(request), timezone.now())).data, status=status)
