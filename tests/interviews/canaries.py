"""A session with a word in each part of its report that stands nowhere else."""

from __future__ import annotations

from django.utils import timezone

from casebank import frameworks
from interviews.actions import feedback, marks, notes, people, sessions
from interviews.models import ItemScore, ScoreJob, ScoreSheet, Seat, Session
from mlsd_site.accounts.models import User
from tests.interviews.actions.test_feedback import ABOUT_BEN
from tests.whiteboard.drawing import text
from whiteboard.models import Element

# What stands in one part of the report and nowhere else: {where: words}.
NOTE, QUOTED, DRAWN, BEN_DREW = "notequokka", "quotedquokka", "drawnquokka", "annotatedquokka"
REASON, VERDICT_REASON, FEEDBACK, FROM_ADA = "reasonquokka", "verdictquokka", "feedbackquokka", "tobenquokka"
PRIVATE, NAME, BENS_NAME, REAL = "privatequokka", "Adaquokka", "Benquokka", "Realquokka Jones"
OTHERS_WORDS = (BEN_DREW, REASON, VERDICT_REASON, FEEDBACK, FROM_ADA, PRIVATE, BENS_NAME, REAL)
ALL = (*OTHERS_WORDS, NOTE, QUOTED, DRAWN, NAME)


def tell_all(live: Session, ada: User, ben: User) -> Session:
    """A session with a canary in each part of its report; the feedback of both is sent and open."""
    for user, name in ((ada, NAME), (ben, BENS_NAME)):
        user.display_name, user.real_name = name, REAL
        user.save()
    now = timezone.now()
    for id, words, author, x in (("mine", DRAWN, ada, 0), ("bens", BEN_DREW, ben, 400)):
        drawn = text(id, words, x=x)
        Element.objects.create(
            board=live.board, element_id=id, version=1, nonce=1, seq=1, data=drawn, author=author
        )
    hers = _seat(live, ada)
    notes.save(seat=hers, step="clarify", text=f"Some {QUOTED} here.\n\nAlso {NOTE}.", base=0, now=now)
    notes.save_private(seat=_seat(live, ben), text=PRIVATE, base=0, now=now)
    ended = sessions.submit(session=live, by=hers, now=now)
    job = ScoreJob.objects.get(submission__session=ended)
    ScoreJob.objects.update(state="done", done_at=now)
    sheet = ScoreSheet.objects.create(
        submission=job.submission, source="automatic", scorer="local", scorer_version="7.7", overall=2
    )
    start = job.submission.notes["clarify"].index(QUOTED)
    piece = {"where": "clarify", "start": start, "end": start + len(QUOTED), "quote": QUOTED}
    ItemScore.objects.create(sheet=sheet, item="clarify.scale", level=2, evidence=[piece])
    hers, his = _seat(ended, ada), _seat(ended, ben)
    feedback.rate_self(seat=hers, given=_of_herself(), now=now)
    marks.mark(seat=his, item="data.labels", level=3, sheet=None, reason=REASON, now=now)
    marks.mark(seat=his, item="", level=4, sheet=None, reason=VERDICT_REASON, now=now)
    marks.seal(seat=his, now=now)
    said = dict.fromkeys(("strength", "second_strength", "change"), FEEDBACK)
    feedback.send(seat=his, about=hers, given=said, now=now)
    feedback.send(seat=hers, about=his, given={**ABOUT_BEN, "keep": FROM_ADA}, now=now)
    people.introduce(seat=hers, other=his, now=now)
    people.introduce(seat=his, other=hers, now=now)
    return ended


def _of_herself() -> dict[str, str]:
    steps = frameworks.load()["seven-step"].steps
    return {**{f"step-{one.id}": "1" for one in steps}, "overall": "1"}


def _seat(session: Session, user: User) -> Seat:
    return session.seats.select_related("session__case_version__case", "session__board").get(user=user)
