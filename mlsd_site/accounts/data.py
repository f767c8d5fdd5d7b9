"""One's own data: take all of it along, or delete the account."""

from __future__ import annotations

from datetime import timedelta
from typing import IO, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebank.authoring.sending import send
from casebank.limits import Limit, spend
from casebank.spooled import spooled
from interviews.actions import mail
from interviews.audit.verbs import Verb
from interviews.errors import Refused
from interviews.models import Mode, Role, Seat, State

from . import access, archive_outbox, deletion
from .audit import account_deed
from .models import Archive, User

EXPORT = Limit("export_account", 4, 3600, "The last file holds nearly the same.")
FETCH = Limit("fetch_archive", 20, 3600)
DELETE = Limit("delete_account", 8, 3600)
MAIL = Limit("delete_mail", 3, 3600)


class _Token(PasswordResetTokenGenerator):
    """Proof of a mailbox; it ends with the next log-in, a new password or address, or after days."""

    key_salt = "mlsd_site.accounts.delete"


_token = _Token()


@never_cache
@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What one can do with one's data, and how the archive of it stands; it asks again while that is being made."""
    now, user = timezone.now(), cast(User, request.user)
    row = Archive.objects.filter(user=user).exclude(pk__in=archive_outbox.over(now).values("pk")).first()
    kept = archive_outbox.kept_for()
    until = row.done_at + kept if row and row.done_at else None
    return render(request, "account/data.html", {"archive": row, "until": until, "days": kept.days})


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have everything made into one zip, which takes the place of the last one."""
    now, user = timezone.now(), cast(User, request.user)
    spend(EXPORT, by=user.pk, now=now)
    archive_outbox.ask(user=user, now=now)
    return redirect("own_data")


@never_cache
@login_required
@require_safe
def fetch(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The zip that was made."""
    now, user = timezone.now(), cast(User, request.user)
    row = access.ready_archive(user, pk, now=now)
    spend(FETCH, by=user.pk, now=now)

    @transaction.atomic
    def write(file: IO[bytes]) -> None:
        for piece in row.pieces.iterator(chunk_size=4):
            file.write(piece.data)
        account_deed(Verb.DATA_EXPORTED, user.pk, request=request)

    return send(request, spooled(write), f"two-loops-{row.done_at:%Y-%m-%d}.zip")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; with the password, or the link from a mail where there is none, it is done."""
    user = cast(User, request.user)
    error = ""
    if request.method == "POST":
        now = timezone.now()
        spend(DELETE, by=user.pk, now=now)
        if _is_proven(request, user):
            deletion.delete(user_id=user.pk, now=now)
            logout(request)
            messages.success(request, "Your account and everything personal in it are deleted.")
            return redirect("home")
        error = "This is not your password. Nothing was deleted."
        if not user.has_usable_password():
            error = "This link is not valid any more. Nothing was deleted; ask for a new one."
    held = Seat.objects.filter(user=user, left_at=None)
    played = held.exclude(role=Role.OBSERVER)
    page = {
        "running": played.filter(session__state=State.LIVE).first(),
        "has_password": user.has_usable_password(),
        "key": request.GET.get("key", "") or request.POST.get("key", ""),
        "error": error,
        "alone": held.filter(session__mode=Mode.SOLO).count(),
        "shared": played.filter(session__mode=Mode.PEER, session__started_at__isnull=False).count(),
    }
    return render(request, "account/delete.html", page, status=422 if error else 200)


@login_required
@require_POST
def mail_link(request: HttpRequest) -> HttpResponse:
    """For an account without a password: a link to the address of the account."""
    now, user = timezone.now(), cast(User, request.user)
    if user.has_usable_password():
        raise Refused("has_password", "Your account has a password; type it to delete the account.")
    spend(MAIL, by=user.pk, now=now)
    link = f"{settings.SITE_URL}{reverse('account_delete')}?key={_token.make_token(user)}"
    mail.queue(
        user.email,
        "Delete your account",
        f"Open this link while you are logged in, read what it says, and confirm it there:\n\n{link}\n\n"
        "If you did not ask for it, you need not do anything.\n",
        f"delete-account:{user.pk}:{now.timestamp()}",
        now=now,
        useful_until=now + timedelta(days=1),
    )
    messages.success(request, "A link is on its way to your address.")
    return redirect("account_delete")


def _is_proven(request: HttpRequest, user: User) -> bool:
    if user.has_usable_password():
        return user.check_password(request.POST.get("password", ""))
    return _token.check_token(user, request.POST.get("key", ""))
