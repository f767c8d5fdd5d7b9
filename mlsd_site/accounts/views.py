"""The profile."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from interviews.queries.blocks import blocks_of
from interviews.queries.reliability import reliability_of

from .forms import ProfileForm
from .models import User


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own profile."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    user = cast(User, request.user)
    page = {"form": form, "blocks": blocks_of(user), "came": reliability_of(user.pk)}
    return render(request, "account/profile.html", page)
