"""The page of one's API tokens."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from casebank.limits import Limit, spend
from interviews.errors import Refused

from . import tokens, trail
from .forms import clean_name
from .models import User

MAKE = Limit("api_token", 10, 600, "The tokens that you have still work.")
_LIFETIMES = [(7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "a year")]


class NewToken(forms.Form):
    name = forms.CharField(max_length=60, label="Name", help_text="What it is for; you alone see it.")
    days = forms.TypedChoiceField(coerce=int, choices=_LIFETIMES, initial=90, label="Works for")
    scopes = forms.MultipleChoiceField(
        choices=[(scope, scope) for scope in tokens.SCOPES],
        error_messages={"required": "Tick at least one thing that it may do."},
    )

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def show(request: HttpRequest) -> HttpResponse:
    """One's tokens; POST makes one and shows its secret this once: for who has proved within
    five minutes who they are, since a token outlives the log-in that made it."""
    user, now = cast(User, request.user), timezone.now()
    form = NewToken(request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        spend(MAKE, by=user.pk, now=now)
        try:
            _, secret = tokens.create(by=user, now=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            trail.note("token_made", user)
            form = NewToken()
    page = {
        "form": form,
        "secret": secret,
        "areas": list(tokens.AREAS.items()),
        "ticked": form.data.getlist("scopes") if form.is_bound else [],  # type: ignore[attr-defined]
        "tokens": tokens.open_tokens(user, now),
    }
    return render(request, "account/tokens.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """It opens nothing from now on."""
    tokens.revoke(by=cast(User, request.user), pk=pk, now=timezone.now())
    trail.note("token_revoked", request.user)
    messages.success(request, "The token opens nothing any more.")
    return redirect("tokens")
