"""The editor of a draft. Every button of it sends the text along, so that none of them loses what was just typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebank import access, limits
from casebank.actions import drafts
from casebank.authoring.request import UserRequest
from casebank.authoring.sending import download
from casebank.diff import diff
from casebank.errors import Refused
from casebank.models import Draft
from casebank.schema import Fault, Faulty
from casebank.views import detail_context

# More than anybody reads at once; the rest follows as these are mended.
SHOWN = 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """The page; or a save, which answers htmx with what the check found, and others with the page that `then` names."""
    draft = access.draft_for(request.user, pk)
    if request.method != "POST":
        return _page(request, draft, draft.text, drafts.check(draft.text).faults)
    text, base = (
        request.POST.get("text", ""),
        _number(request.POST.get("over") or request.POST.get("version")),
    )
    now = timezone.now()
    try:
        limits.spend(limits.SAVE, by=request.user.pk, now=now)
        draft, reading = drafts.save(draft=draft, text=text, base=base, now=now)
        base = draft.version  # what is refused from here on is saved already
        if request.POST.get("then") == "publish":
            limits.spend(limits.PUBLISH, by=request.user.pk, now=now)
            return _publish(request, draft)
    except drafts.Stale as stale:
        return _stale(request, stale, text, base)
    except Faulty as faulty:
        return _page(request, draft, draft.text, faulty.faults, refused="faulty", status=422)
    except Refused as refusal:
        extra = {"refused": refusal.code, "message": refusal.message, "base": base}
        response = _page(request, draft, text, [], status=refusal.status, **extra)
        if refusal.retry_after is not None:
            response["Retry-After"] = str(refusal.retry_after)
        return response
    if request.htmx:
        return _page(request, draft, draft.text, reading.faults)
    if request.POST.get("then") in ("candidate", "interviewer"):
        return redirect(f"casebank:preview-{request.POST['then']}", draft.pk)
    return redirect("casebank:draft", draft.pk)


@login_required
@require_POST
def copy(request: UserRequest, pk: UUID) -> HttpResponse:
    """Keep the text in the box as another draft, beside the one that is stored."""
    access.draft_for(request.user, pk)
    now = timezone.now()
    limits.spend(limits.IMPORT, by=request.user.pk, now=now)
    made = drafts.create(by=request.user, text=request.POST.get("text", ""), now=now)
    messages.success(request, "Your text is now a draft of its own. The other one is as it was.")
    return redirect("casebank:draft", made.pk)


@login_required
@require_POST
def discard(request: UserRequest, pk: UUID) -> HttpResponse:
    """Delete a draft; what was published of it stays."""
    drafts.discard(draft=access.draft_for(request.user, pk))
    messages.success(request, "The draft is gone. What you had published of it stays.")
    return redirect("casebank:desk")


@never_cache
@login_required
@require_safe
def text(request: UserRequest, pk: UUID) -> HttpResponse:
    """The stored text as a file."""
    return download(access.draft_for(request.user, pk).text, "draft")


@never_cache
@login_required
@require_safe
def preview(request: UserRequest, pk: UUID, seat: str) -> HttpResponse:
    """The draft as its candidate or its interviewer will see it, as far as it is whole."""
    draft = access.draft_for(request.user, pk)
    reading = drafts.check(draft.text)
    page: dict[str, Any] = {"draft": draft, "seat": seat, "faults": len(reading.faults)}
    if reading.case is None or (seat == "interviewer" and not (reading.guide and reading.reference)):
        return render(request, "casebank/authoring/no_preview.html", page)
    page |= detail_context(drafts.as_version(reading.case, draft))
    if seat == "candidate" or reading.guide is None or reading.reference is None:
        return render(request, "casebank/authoring/preview.html", page)
    guide = {**reading.guide.model_dump(), "reference": reading.reference.model_dump()}
    return render(request, "casebank/authoring/preview_guide.html", {**page, "guide": guide})


def _publish(request: UserRequest, draft: Draft) -> HttpResponse:
    version, outcome = drafts.publish(draft=draft, base=draft.version)
    if outcome == "unchanged":
        messages.info(request, f"Nothing has changed since version {version.number}, so no new one was made.")
    else:
        messages.success(
            request, f"Version {version.number} is published. Only you see it until you share it."
        )
    return redirect("casebank:detail", version.case.slug)


def _stale(request: UserRequest, stale: drafts.Stale, text: str, base: int) -> HttpResponse:
    try:
        changes = diff(stale.draft.text, text.replace("\r\n", "\n"))
    except ValueError:
        changes = []
    extra = {"refused": stale.code, "message": stale.message, "lines": changes, "base": base}
    return _page(request, stale.draft, text, [], status=409, **extra)


def _page(
    request: UserRequest, draft: Draft, text: str, faults: list[Fault], *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The editor with this text in its box; to htmx only what stands beside the box."""
    page = {
        "draft": draft,
        "text": text,
        "faults": faults[:SHOWN],
        "hidden_faults": max(0, len(faults) - SHOWN),
        "base": draft.version,
        **extra,
    }
    name = "casebank/authoring/_checked.html" if request.htmx else "casebank/authoring/editor.html"
    return render(request, name, page, status=status)


def _number(given: str | None) -> int:
    """The number of a save; one that never was for what is no number."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else 0
