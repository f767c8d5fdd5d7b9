"""Writing about each other after the end: drafts that are saved as one types, and sending, once and sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from casebank import checklist, frameworks
from casebank.limits import Limit
from interviews.actions import drafts, marks
from interviews.actions.drafts import Incomplete
from interviews.errors import Refused
from interviews.models import (
    Feedback,
    FeedbackDraft,
    ItemScore,
    ScoreSheet,
    Seat,
    SelfRating,
    Session,
    Submission,
)
from interviews.queries.feedback import form_of, kind_of, questions_of, rates_first, seal_of
from interviews.rules import feedback as rules

# A form that saves as one types does so every second or so, in two windows.
SAVE = Limit("feedback", 90, besides="What you typed is still in the form.")


@transaction.atomic
def save_draft(
    *, seat: Seat, about: Seat, given: Mapping[str, str], base: int, now: datetime
) -> FeedbackDraft:
    """Keep what is typed, on top of save number `base`; the same again is no change. Raises Stale, or Refused where
    nothing more can be sent."""
    _held(seat, about)
    form = form_of(seat, about, now)
    if form is None:
        raise Refused("no_form", "There is nothing to write here.", status=404)
    if not form.may_send:
        raise _closed(form.sent is not None or form.kind == "self")
    answers = rules.draft(form.questions, given)
    if rules.is_too_long(answers):
        raise Refused(
            "too_long",
            f"A field holds at most {rules.LONGEST_DRAFT:,} characters. Nothing was saved; your text is still here.",
            status=422,
        )
    draft, _ = FeedbackDraft.objects.get_or_create(author=seat, about=about, defaults={"updated_at": now})
    return drafts.keep(draft, answers, base=base, now=now)


@transaction.atomic
def send(*, seat: Seat, about: Seat, given: Mapping[str, str], now: datetime) -> Feedback:
    """Send what was written, as it is from now on. It stays sealed until rules.reveal opens it. About a candidate the
    levels and the verdict go along, as they are marked now. Raises Incomplete, or Refused."""
    kind, session = _held(seat, about)
    seal = seal_of(session)
    if kind == "self" or seal is None or not seal.may_send((seat.pk, about.pk), now):
        raise _closed(Feedback.objects.filter(author=seat, about=about).exists())
    if rates_first(seat):
        raise Refused("rate_first", "First rate yourself, or skip it; then send what you wrote. It is saved.")
    reading = rules.read(questions_of(kind, session), given)
    sheet = None
    if kind == "candidate" and not marks.has_verdict(seat):
        reading.faults["verdict"] = "Say whether you would advance the candidate."
    if reading.faults:
        raise Incomplete(reading.faults)
    if kind == "candidate":
        sheet = marks.sheet_of(seat=seat, now=now)
    FeedbackDraft.objects.filter(author=seat, about=about).delete()
    return Feedback.objects.create(author=seat, about=about, sheet=sheet, sent_at=now, **reading.answers)


@transaction.atomic
def rate_self(*, seat: Seat, given: Mapping[str, str], now: datetime) -> SelfRating:
    """A candidate's own sheet: a level for each step, which its points have too unless one was given a level of its
    own, and a verdict. Once; Incomplete where a step has none."""
    kind, session = _held(seat, seat)
    _may_rate(kind, seat)
    reading = rules.read(questions_of("self", session), given)
    if reading.faults:
        raise Incomplete(reading.faults)
    answers = {name: int(value) for name, value in reading.answers.items()}
    single = {
        name.removeprefix("item-"): level for name, level in answers.items() if name.startswith("item-")
    }
    sheet = ScoreSheet.objects.create(
        submission=Submission.objects.get(session=session),
        source=ScoreSheet.Source.SELF,
        rater_id=seat.user_id,
        overall=answers["overall"],
        arithmetic={"framework": session.framework, "single": sorted(single)},
        created_at=now,
        sealed_at=now,
    )
    levels = {
        item: single.get(item, answers[f"step-{step.id}"])
        for step in frameworks.load()[session.framework].steps
        for item in step.items
    }
    evidence = {item: "item" if item in single else "step" for item in levels}
    ItemScore.objects.bulk_create(
        ItemScore(
            sheet=sheet,
            item=item.id,
            level=levels[item.id],
            # A person's word for themselves is the evidence: for this point alone, or for its whole step.
            evidence=[{"where": "self", "quote": evidence[item.id]}] if levels[item.id] else [],
        )
        for item in checklist.load().items
    )
    FeedbackDraft.objects.filter(author=seat, about=seat).delete()
    return SelfRating.objects.create(seat=seat, sheet=sheet, at=now)


@transaction.atomic
def skip_self(*, seat: Seat, now: datetime) -> SelfRating:
    """See the sheets without having rated oneself; what was typed of a rating is let go."""
    kind, _ = _held(seat, seat)
    _may_rate(kind, seat)
    FeedbackDraft.objects.filter(author=seat, about=seat).delete()
    return SelfRating.objects.create(seat=seat, at=now)


def _held(seat: Seat, about: Seat) -> tuple[rules.Kind, Session]:
    """All who write in a session take turns, so that nobody is shown the other's while they send their own."""
    kind = kind_of(seat, about)
    if kind is None or about.session_id != seat.session_id:
        raise Refused("no_form", "There is nothing to write here.", status=404)
    return kind, Session.objects.select_for_update(of=("self",)).get(pk=seat.session_id)


def _may_rate(kind: rules.Kind, seat: Seat) -> None:
    if kind != "self" or not rates_first(seat):
        raise Refused(
            "rated", "This was answered already, and what you see now would colour it. It stays as it is."
        )


def _closed(sent: bool) -> Refused:
    if sent:
        return Refused("sent", "You have sent this already. It stays as you sent it; nothing was changed.")
    return Refused(
        "opened",
        "The seal is open, and what was written about you can be read, so nothing more can be sent. Your draft stays "
        "with you.",
    )
