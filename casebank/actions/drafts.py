"""Writing a case: drafts are saved whatever is wrong with them, and published only when nothing is."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction

from casebank import access, files, slugs
from casebank.actions.publish import Outcome
from casebank.actions.publish import publish as publish_version
from casebank.errors import Refused
from casebank.models import Case, CaseVersion, Draft
from casebank.schema import Faulty, Reading, documents, onefile
from casebank.schema.models import CaseFile

MAX_DRAFTS = 50
FILE = "case.yaml"


class Stale(Refused):
    """The draft was saved elsewhere in between. `draft` is as it is stored; what was sent is not saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            "stale",
            "This draft was saved in another window in between. Both texts are kept: that one is stored, and yours is "
            "still in the box. Choose below what becomes of yours.",
        )
        self.draft = draft


def check(text: str) -> Reading:
    """What the text of a draft holds, and what is wrong with it."""
    return onefile.read(text, file=FILE)


def create(
    *,
    by: AbstractBaseUser,
    text: str,
    now: datetime,
    case: Case | None = None,
    base: CaseVersion | None = None,
) -> Draft:
    """A new draft; Refused where the text cannot be kept, or the person has too many."""
    text = _keepable(text)
    if Draft.objects.filter(owner_id=by.pk).count() >= MAX_DRAFTS:
        raise Refused(
            "too_many_drafts",
            f"You have {MAX_DRAFTS} drafts. Discard one that you no longer need, and try again.",
        )
    reading = check(text)
    return Draft.objects.create(
        owner_id=by.pk, text=text, case=case, base=base, created_at=now, updated_at=now, **_summary(reading)
    )


def edit(*, case: Case, by: AbstractBaseUser, now: datetime) -> Draft:
    """The owner's draft of their case: the one that there is, or a new one from the newest version."""
    existing = Draft.objects.filter(owner_id=by.pk, case=case).first()
    if existing:
        return existing
    newest = case.versions.select_related("case").latest("number")
    text = files.whole(newest, access.guide_for(by, newest))
    try:
        with transaction.atomic():
            return create(by=by, text=text, now=now, case=case, base=newest)
    except IntegrityError:  # the same button, pressed in two windows
        return Draft.objects.get(owner_id=by.pk, case=case)


def fork(*, version: CaseVersion, by: AbstractBaseUser, now: datetime) -> Draft:
    """A draft of one's own from a version that one sees: with its guide for whoever may read that, else without."""
    if access.rights(by, version).reads_guide:
        text = files.whole(version, access.guide_for(by, version))
    else:
        text = files.without_guide(version)
    return create(by=by, text=text, now=now)


@transaction.atomic
def save(*, draft: Draft, text: str, base: int, now: datetime) -> tuple[Draft, Reading]:
    """Save what was typed on top of save number `base`, faulty or not; Stale where somebody saved in between."""
    text = _keepable(text)
    draft = _locked(draft)
    if draft.text == text:
        return draft, check(text)
    if draft.version != base:
        raise Stale(draft)
    reading = check(text)
    draft.text, draft.version, draft.updated_at = text, draft.version + 1, now
    for name, value in _summary(reading).items():
        setattr(draft, name, value)
    draft.save(update_fields=["text", "version", "updated_at", "title", "faults"])
    return draft, reading


@transaction.atomic
def publish(*, draft: Draft, base: int) -> tuple[CaseVersion, Outcome]:
    """Publish save number `base` of a draft as the next version of its owner's private case; Faulty if anything is
    wrong with it, Stale if it was saved elsewhere in between, Refused if the case is retired. A new case gets its
    address now, and keeps it."""
    draft = _locked(draft)
    if draft.version != base:
        raise Stale(draft)
    reading = check(draft.text)
    if reading.content is None:
        raise Faulty(reading.faults)
    if draft.case and Case.objects.select_for_update().get(pk=draft.case.pk).retired_at:
        raise Refused(
            "retired",
            "This case is retired, so nothing was published; your text is saved. Bring the case back under "
            "Your cases, and publish again.",
        )
    if draft.case is None:
        draft.case = Case.objects.create(slug=slugs.private(reading.slug), owner_id=draft.owner_id)
    version, outcome = publish_version(content=reading.content, case=draft.case)
    draft.base = version
    draft.save(update_fields=["case", "base"])
    return version, outcome


def discard(*, draft: Draft) -> None:
    """Delete a draft. What was published of it stays."""
    draft.delete()


def as_version(case: CaseFile, draft: Draft) -> CaseVersion:
    """The candidate's half as a version that is not stored, for looking at."""
    return CaseVersion(case=draft.case or Case(slug="draft"), number=0, **case.model_dump())


def _locked(draft: Draft) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",)).select_related("case", "base__case")
    found = rows.filter(pk=draft.pk).first()
    if found is None:
        raise Refused(
            "discarded",
            "This draft was discarded in another window. Nothing was saved; your text is still in the box.",
            status=404,
        )
    return found


def _summary(reading: Reading) -> dict[str, str | int]:
    title = reading.case.title if reading.case else reading.slug[:300]
    return {"title": title, "faults": len(reading.faults)}


def _keepable(text: str) -> str:
    """The text with line ends of one kind; Refused where no database keeps it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode(errors="replace")) > onefile.MAX_BYTES:
        raise Refused(
            "too_large",
            f"A case holds at most {onefile.MAX_BYTES // 1000} kB of text. Nothing was saved.",
            status=413,
        )
    unstorable = documents.UNSTORABLE.search(text)
    if unstorable:
        line = text[: unstorable.start()].count("\n") + 1
        raise Refused(
            "unstorable",
            f"Line {line} holds a character that no database stores. Nothing was saved; take it out and try again.",
            status=422,
        )
    return text
