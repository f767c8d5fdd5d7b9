"""The pages of one's webhooks."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from interviews import access
from interviews.actions import webhooks
from interviews.errors import Refused
from interviews.models import Webhook
from interviews.queries.webhooks import deliveries_of, secret_of, webhooks_of
from interviews.rules.webhooks import EVENTS
from interviews.views.request import UserRequest
from interviews.webhooks.signing import spelled

SHOWN = 30


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: UserRequest) -> HttpResponse:
    """One's webhooks; POST adds one and shows its secret this once."""
    if request.method != "POST":
        return _index(request)
    url, chosen = request.POST.get("url", ""), request.POST.getlist("events")
    try:
        made = webhooks.create(by=request.user, url=url, events=chosen, now=timezone.now())
    except Refused as refusal:
        if refusal.status in (429, 503):
            raise
        return _index(request, wrong=refusal, url=url, chosen=chosen)
    return _one(request, made, secret=spelled(secret_of(made)))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: UserRequest, pk: int) -> HttpResponse:
    """One of them, with its newest messages; POST chooses of what it is told."""
    webhook = access.webhook_of(request.user, pk)
    if request.method != "POST":
        return _one(request, webhook)
    try:
        webhooks.choose(webhook=webhook, events=request.POST.getlist("events"), now=timezone.now())
    except Refused as refusal:
        if refusal.status in (429, 503):
            raise
        return _one(request, webhook, wrong=refusal)
    messages.success(request, "From now on it is told of these.")
    return redirect("interviews:webhook", pk)


@never_cache
@login_required
@require_POST
def rotate(request: UserRequest, pk: int) -> HttpResponse:
    """A new secret, shown this once."""
    webhook = webhooks.rotate(webhook=access.webhook_of(request.user, pk), now=timezone.now())
    return _one(request, webhook, secret=spelled(secret_of(webhook)))


@login_required
@require_POST
def pause(request: UserRequest, pk: int) -> HttpResponse:
    """Tell it nothing."""
    webhooks.pause(webhook=access.webhook_of(request.user, pk), now=timezone.now())
    return redirect("interviews:webhook", pk)


@login_required
@require_POST
def resume(request: UserRequest, pk: int) -> HttpResponse:
    """Tell it again."""
    webhooks.resume(webhook=access.webhook_of(request.user, pk))
    return redirect("interviews:webhook", pk)


@login_required
@require_POST
def ping(request: UserRequest, pk: int) -> HttpResponse:
    """Send it a message that says nothing."""
    webhooks.ping(webhook=access.webhook_of(request.user, pk), now=timezone.now())
    messages.success(request, "A test message is on its way. Load this page again to see what came of it.")
    return redirect("interviews:webhook", pk)


@login_required
@require_POST
def delete(request: UserRequest, pk: int) -> HttpResponse:
    """Take it away."""
    webhooks.delete(webhook=access.webhook_of(request.user, pk), now=timezone.now())
    messages.success(request, "The webhook is gone, with its messages.")
    return redirect("interviews:webhooks")


@login_required
@require_POST
def send_again(request: UserRequest, pk: int, delivery_id: UUID) -> HttpResponse:
    """Send a message once more."""
    webhooks.send_again(delivery=access.delivery_of(request.user, pk, delivery_id), now=timezone.now())
    return redirect("interviews:webhook", pk)


def _index(
    request: UserRequest, *, wrong: Refused | None = None, url: str = "", chosen: list[str] | None = None
) -> HttpResponse:
    ticked = [event for event, *_ in EVENTS] if chosen is None else chosen
    page = {
        "webhooks": webhooks_of(request.user),
        "choices": [(*one, one[0] in ticked) for one in EVENTS],
        "url": url,
        "wrong": wrong,
    }
    return render(request, "interviews/webhooks/index.html", page, status=wrong.status if wrong else 200)


def _one(
    request: UserRequest, webhook: Webhook, *, secret: str = "", wrong: Refused | None = None
) -> HttpResponse:
    page = {
        "webhook": webhook,
        "old_secret_until": webhook.old_until
        if webhook.old_until and webhook.old_until > timezone.now()
        else None,
        "choices": [(*one, one[0] in webhook.events) for one in EVENTS],
        "deliveries": deliveries_of(webhook)[:SHOWN],
        "secret": secret,
        "wrong": wrong,
    }
    return render(request, "interviews/webhooks/one.html", page, status=wrong.status if wrong else 200)
