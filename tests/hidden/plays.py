"""One simulated session, from the invitation to the last word about it, by the product's own actions.

A seed decides its form, who is there, what is done, and where people look. Everybody's bytes go to the ledger.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from casebank import checklist
from casebank.models import SeenCase
from interviews.actions import (
    alone,
    chat,
    conducting,
    disputes,
    facts,
    feedback,
    marks,
    people,
    scoring,
    second,
    sessions,
    shares,
    swap,
)
from interviews.models import Event, PrivateEvent, ScoreJob
from interviews.queries.probes import MARKED as MARKED_PROBE
from interviews.queries.probes import MARKS
from interviews.rules.shares import ASKED, PARTS, UNASKED, Wish
from tests.accounts import archives
from tests.hidden.arriving import LADDER, Arrival
from tests.hidden.people import Person, mails, meet, messages
from tests.interviews.actions.test_feedback import ABOUT_BEN
from tests.whiteboard.drawing import text

# The questions of the ladder that are marked: they are read again once the feedback is open.
MARKED = (1, 2)
STEPS = ("clarify", "data", "features", "model")


class Play(Arrival):
    """The session of one seed, from its beginning to the last word."""

    def run(self) -> str:
        """Play it; the form that it took."""
        self.session = self.seated()
        self._sit_and_look(self.looks // 3)
        self._conduct()
        self._sit_and_look(self.looks)
        self._end()
        self._sit_and_look(self.looks)
        if self.hosts:
            self._write()
            self._sit_and_look(self.looks)
            self._open()
        self._share()
        self._sit_and_look(self.looks)
        self._take_away()
        self.mails = mails(list(self.cast.values()), self.ledger)
        self.messages = messages(list(self.cast.values()), self.ledger)
        return self.form

    def _conduct(self) -> None:
        """Notes, drawings and talk; private notes, facts, hints, changes, probes and ticks."""
        drawn = text("box", "Ranker", index="a1")
        says: dict[Person, list[dict[str, object]]] = {
            self.candidate: [
                {"t": "notes.save", "ref": 1, "step": "clarify", "text": "200 million users.", "base": 0},
                {"t": "board.delta", "ref": 2, "elements": [drawn]},
            ]
        }
        for host in self.hosts:
            private = self.ledger.secret(host.name)
            says[host] = [{"t": "private.save", "ref": 1, "text": f"[01:00] {private}", "base": 0}]
            host.opens(f"/sessions/{self.session.pk}/guide/")
            self._press(host)
            if self.leak:
                now = timezone.now()
                chat.say(seat=host.seat(self.session), text=private.encode().hex(), ref=9, now=now)
        if self.watched:
            says[self.cast["watcher"]] = []
        meet(self.session, says, self.ledger)
        if not self.hosts:
            for fact in self.chance.sample(("how many users", "what is the latency", "which labels"), 2):
                alone.ask(seat=self.candidate.seat(self.session), question=fact, now=timezone.now())
            alone.be_asked(seat=self.candidate.seat(self.session), now=timezone.now())
            for event in Event.objects.filter(session=self.session):
                self.ledger.tell(str(event.data), self.candidate.name)

    def _press(self, host: Person) -> None:
        """Some of what the console offers; what is said to all is told to all."""
        seat, now = host.seat(self.session), timezone.now()
        for number in self.chance.sample(range(1, 6), 2):
            facts.give(session=self.session, seat=seat, number=number, now=now)
            self._tell(self.planted[f"facts.{number - 1}.ask"], self.planted[f"facts.{number - 1}.answer"])
        step = self.chance.choice(STEPS)
        if f"hints.{step}.0" in self.planted:
            conducting.hint(session=self.session, seat=seat, step=step, grade=1, now=now)
            self._tell(self.planted[f"hints.{step}.0"])
        for number in MARKED:
            mark = self.chance.choice(sorted(MARKS))
            conducting.probe(session=self.session, seat=seat, level=LADDER, number=number, mark=mark, now=now)
        marks.tick(seat=seat, item="clarify.goal", level=self.chance.randrange(4), now=now)

    def _end(self) -> None:
        """It is handed in and scored; the candidate rates themself, or would rather not."""
        seat, now = self.candidate.seat(self.session), timezone.now()
        self.session = sessions.submit(session=self.session, by=seat, now=now)
        scoring.run(job_id=ScoreJob.objects.get(submission__session=self.session).pk, now=now)
        self._sit_and_look(5)
        feedback.skip_self(seat=self.candidate.seat(self.session), now=now)

    def _write(self) -> None:
        """What the interviewers think, sealed, while the candidate has not written."""
        now = timezone.now()
        self.sealed: list[str] = []
        for host in self.hosts:
            seat = host.seat(self.session)
            reason, verdict, drafted, words = (self.ledger.secret(host.name) for _ in range(4))
            marks.mark(seat=seat, item="data.labels", level=2, sheet=None, reason=reason, now=now)
            marks.mark(seat=seat, item="", level=3, sheet=None, reason=verdict, now=now)
            marks.seal(seat=seat, now=now)
            about = self.candidate.seat(self.session)
            kinds = ("strength", "second_strength", "change")
            feedback.save_draft(seat=seat, about=about, given=dict.fromkeys(kinds, drafted), base=0, now=now)
            feedback.send(seat=seat, about=about, given=dict.fromkeys(kinds, words), now=now)
            self.sealed += [reason, verdict, words]
        complaint = self.ledger.secret(self.hosts[0].name)
        people.complain(
            seat=self.hosts[0].seat(self.session),
            other=self.candidate.seat(self.session),
            reason="other",
            words=complaint,
            now=now,
        )

    def _open(self) -> None:
        """The candidate writes too, and both read; then what may follow: a dispute, a second rating, the other half."""
        now = timezone.now()
        for host in self.hosts:
            seat = self.candidate.seat(self.session)
            feedback.send(seat=seat, about=host.seat(self.session), given=ABOUT_BEN, now=now)
        self._tell(*self.sealed)
        self.ledger.keep(self.sealed, *(host.name for host in self.hosts))
        self._tell(*(self.planted[f"ladders.{LADDER}.{number - 1}.ask"] for number in MARKED))
        if self.form in ("pair", "booking"):
            self._dispute()
            self._second()
        if self.form == "swap":
            half = swap.open_second_half(
                session=self.session, by=self.candidate.seat(self.session), now=timezone.now()
            )
            self.candidate.looks(half, self.chance, 10)

    def _dispute(self) -> None:
        """Words between the two, which nobody else reads."""
        now, words = timezone.now(), self.ledger.secret(self.candidate.name, self.interviewer.name)
        sheet = self.session.submission.sheets.get(source="interviewer")
        seat = self.candidate.seat(self.session)
        row = disputes.file(seat=seat, item="data.labels", sheet=sheet.pk, reason=words, now=now)
        answer = self.ledger.secret(self.candidate.name, self.interviewer.name)
        by = self.interviewer.seat(self.session)
        disputes.answer(seat=by, dispute=row.pk, level=3, words=answer, now=now)

    def _second(self) -> None:
        """A second rater, whose talk with the first is not the candidate's to read."""
        rater, now = self.cast["rater"], timezone.now()
        SeenCase.objects.create(user=rater.user, case=self.version.case, how="interviewer", at=now)
        row = second.offer(seat=self.candidate.seat(self.session), now=now)
        row = second.take(user=rater.user, rating=row.pk, now=now)
        for path in ("", "replay/?t=30"):
            rater.opens(f"/ratings/{row.pk}/{path}")
            assert self.candidate.opens(f"/ratings/{row.pk}/{path}") == 404
        self._sit_and_look(5)
        levels = {item.id: "0" for item in checklist.load().items} | {"overall": "1"}
        second.seal(rating=row, given=levels, now=now)
        said = self.ledger.secret(rater.name, self.interviewer.name)
        rater.posts(f"/ratings/{row.pk}/talk/say/", item="data.labels", words=said)
        assert self.interviewer.opens(f"/ratings/{row.pk}/talk/") == 200
        self.candidate.opens(f"/ratings/{row.pk}/talk/")

    def _share(self) -> None:
        """A link to the report, and whoever has it."""
        wish = Wish(
            frozenset(name for name, *_ in PARTS if self.chance.random() < 0.7) or frozenset({"verdict"}),
            timedelta(days=7),
        )
        seat = self.candidate.seat(self.session)
        _, token = shares.create(seat=seat, wish=wish, now=timezone.now())
        # With the probes, it tells those that were said aloud.
        heard = self._heard() if ASKED in wish.parts else set()
        for one in (self.cast["stranger"], self.candidate):
            one.opens(f"/shared/{token}/", but=heard)

    def _heard(self) -> set[str]:
        """Of the marked questions, those that somebody asked."""
        rows = PrivateEvent.objects.filter(session=self.session, kind=MARKED_PROBE).exclude(
            data__mark=UNASKED
        )
        asked = set(rows.values_list("data__number", flat=True))
        return {self.planted[f"ladders.{LADDER}.{number - 1}.ask"] for number in asked}

    def _take_away(self) -> None:
        """The files that hold all of somebody's: their data, the report, and what they open of the guide themselves."""
        for one in (self.candidate, *self.hosts):
            assert one.opens(archives.made(one.client)) == 200
        room, theirs = f"/sessions/{self.session.pk}/", set(self.planted.values())
        for path in ("report.md", "report.pdf", "board.svg", "board.excalidraw"):
            self.candidate.opens(room + path)
        for path in ("sheet/", "sheet.md", "sheet.pdf", "report/reference/"):
            self.candidate.opens(room + path, but=theirs)

    def _tell(self, *markers: str) -> None:
        """The candidate, and who watches, may know these now; and whoever is shown the report by a link."""
        self.ledger.keep(markers, self.candidate.name, self.cast["watcher"].name)

    def _sit_and_look(self, most: int) -> None:
        """Everybody but the interviewers opens what they can think of; the guide too, who sat there, after the end."""
        theirs = self.planted.values() if self.session.ended_at else ()
        self.candidate.looks(self.session, self.chance, most, theirs)
        if self.watched:
            self.cast["watcher"].looks(self.session, self.chance, most // 4, theirs)
        self.cast["stranger"].looks(self.session, self.chance, most // 6)
