"""One's webhooks over REST: the same verbs and doors as their pages."""

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

from casebank.api.asked import Paged, Strict, query, sent
from casebank.api.conditions import IF_MATCH, base_state_of, etag
from casebank.api.drafts import person
from casebank.api.paging import page_of, paged
from casebank.api.problems import problem
from interviews import access
from interviews.actions import webhooks as verbs
from interviews.models import Webhook
from interviews.queries import webhooks as queries
from interviews.rules.webhooks import EVENTS
from interviews.webhooks.signing import spelled
from interviews.webhooks.urls import LONGEST

_EVENTS = [event for event, *_ in EVENTS]


class WebhookShape(serializers.Serializer[Any]):
    """While it is paused it is told nothing; `paused_because` is empty where you did that."""

    id = serializers.IntegerField(source="pk")
    url = serializers.CharField()
    events = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    paused_at = serializers.DateTimeField(allow_null=True)
    paused_because = serializers.CharField()


class SecretWebhookShape(WebhookShape):
    """`secret` is shown this once."""

    secret = serializers.CharField()


class WebhookWrite(Strict):
    url = serializers.CharField(max_length=LONGEST)
    events = serializers.MultipleChoiceField(choices=_EVENTS, allow_empty=False)


class WebhookChange(Strict):
    events = serializers.MultipleChoiceField(choices=_EVENTS, allow_empty=False)
    paused = serializers.BooleanField()


class DeliveryShape(serializers.Serializer[Any]):
    """A message. `state` is queued, delivered or parked (given up); `status`, `answer` and `error` are of the last of
    its `attempts`; `body` is what was signed."""

    id = serializers.UUIDField()
    message = serializers.SerializerMethodField(help_text="Its webhook-id, the same at each attempt.")
    event = serializers.CharField()
    body = serializers.CharField()
    state = serializers.CharField()
    attempts = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    tried_at = serializers.DateTimeField(allow_null=True)
    next_at = serializers.DateTimeField(allow_null=True)
    status = serializers.IntegerField(allow_null=True)
    answer = serializers.CharField()
    error = serializers.CharField()

    def get_message(self, delivery: Any) -> str:
        return str(delivery.message_id)


@extend_schema(methods=["GET"], operation_id="webhooks_list", responses=page_of(WebhookShape))
@extend_schema(methods=["POST"], request=WebhookWrite, responses={201: SecretWebhookShape})
@query(Paged)
@never_cache
@api_view(["GET", "POST"])
def webhooks(request: Request) -> Response:
    """Your webhooks; POST adds one, and shows the secret that signs its messages."""
    if request.method == "GET":
        return paged(request, queries.webhooks_of(person(request)), WebhookShape)
    made = verbs.create(by=person(request), now=timezone.now(), **sent(request, WebhookWrite))
    return _with_secret(made, status=201)


@extend_schema(methods=["GET"], operation_id="webhook_read", responses=WebhookShape)
@extend_schema(methods=["PUT"], parameters=[IF_MATCH], request=WebhookChange, responses=WebhookShape)
@extend_schema(methods=["DELETE"], responses={204: None})
@never_cache
@api_view(["GET", "PUT", "DELETE"])
def webhook(request: Request, pk: int) -> Response:
    """One of your webhooks, with its ETag; PUT chooses its events, and pauses or resumes it, as one change. With
    If-Match it is 412, with the `webhook` as it stands, where it was changed or paused in between."""
    found = access.webhook_of(request.user, pk)
    if request.method == "DELETE":
        verbs.delete(webhook=found, now=timezone.now())
        return Response(status=204)
    if request.method == "PUT":
        said, base = sent(request, WebhookChange), base_state_of(request)
        try:
            found = verbs.replace(webhook=found, base=base, now=timezone.now(), **said)
        except verbs.Stale as stale:
            standing = WebhookShape(stale.webhook).data
            return problem(stale.status, stale.code, stale.message, webhook=standing)
    return Response(WebhookShape(found).data, headers=etag(queries.state_of(found)))


@extend_schema(request=None, responses=SecretWebhookShape)
@api_view(["POST"])
def rotate(request: Request, pk: int) -> Response:
    """A new secret. The old one signs beside it for a day."""
    return _with_secret(verbs.rotate(webhook=access.webhook_of(request.user, pk), now=timezone.now()))


@extend_schema(request=None, responses={202: DeliveryShape})
@api_view(["POST"])
def ping(request: Request, pk: int) -> Response:
    """Send it a message that says nothing."""
    found = verbs.ping(webhook=access.webhook_of(request.user, pk), now=timezone.now())
    return Response(DeliveryShape(found).data, status=202)


@extend_schema(operation_id="webhook_deliveries_list", responses=page_of(DeliveryShape))
@query(Paged)
@never_cache
@api_view(["GET"])
def deliveries(request: Request, pk: int) -> Response:
    """Its messages of the last 30 days, the newest first."""
    return paged(request, queries.deliveries_of(access.webhook_of(request.user, pk)), DeliveryShape)


@extend_schema(request=None, responses={202: DeliveryShape})
@api_view(["POST"])
def send_again(request: Request, pk: int, delivery_id: UUID) -> Response:
    """Send one that has arrived, or was given up, once more, under its id."""
    found = access.delivery_of(request.user, pk, delivery_id)
    verbs.send_again(delivery=found, now=timezone.now())
    found.refresh_from_db()
    return Response(DeliveryShape(found).data, status=202)


def _with_secret(webhook: Webhook, *, status: int = 200) -> Response:
    return Response(
        {**WebhookShape(webhook).data, "secret": spelled(queries.secret_of(webhook))}, status=status
    )
