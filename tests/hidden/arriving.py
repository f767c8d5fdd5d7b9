"""How a simulated session begins: who is there, by which way they came, and what was agreed before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.utils import timezone

from casebank.models import CaseVersion
from interviews.actions import assignments, availability, bookings, consents, groups, invites, sessions
from interviews.models import Mode, Role, Session, Swap
from tests.hidden.ledger import Ledger
from tests.hidden.people import Person
from tests.interviews.programme import join, terms

FORMS = ("pair", "panel", "solo", "swap", "group", "booking")
LADDER = "senior"


@dataclass
class Arrival:
    """The session of one seed. `planted` is where in the guide of `version` which marker stands; `leak`, a sabotage:
    the interviewer's private note is said aloud, so that the search must find it. Who conducts is in `hosts`."""

    seed: int
    version: CaseVersion
    planted: dict[str, str]
    ledger: Ledger
    looks: int = 12
    leak: bool = False
    cast: dict[str, Person] = field(default_factory=dict)
    mails: int = 0
    messages: int = 0
    watched: bool = False

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.form = FORMS[self.seed % len(FORMS)]
        for role in ("candidate", "interviewer", "second", "watcher", "rater", "stranger"):
            self.cast[role] = Person(f"{role}{self.seed}", self.ledger)
        self.candidate, self.interviewer = self.cast["candidate"], self.cast["interviewer"]
        self.hosts = [] if self.form == "solo" else [self.interviewer]
        if self.form == "panel":
            self.hosts.append(self.cast["second"])
        self.ledger.keep(self.planted.values(), *(host.name for host in self.hosts), self.cast["rater"].name)

    def seated(self) -> Session:
        """Everybody in their seats, the clock running."""
        now = timezone.now()
        if self.form == "group":
            session = self._assigned()
        else:
            session = sessions.create(
                by=self.candidate.user,
                version=self.version,
                mode=Mode.PEER if self.hosts else Mode.SOLO,
                role=Role.CANDIDATE,
                framework="seven-step",
                level=LADDER,
                now=now,
                panel=self.form == "panel",
                swap=Swap.FULL if self.form == "swap" else None,
            )
            parts = ("first", "second") if self.form == "panel" else ("",)
            for host, part in zip(self.hosts, parts, strict=False):  # alone, there is no host
                self._invited(session, host, "interviewer", part)
        if self.form == "booking":
            self._booked()
        if self.hosts and self.chance.random() < 0.5:
            self._invited(session, self.cast["watcher"], "observer", "")
            self.watched = True
        for one in [self.candidate, *self.hosts]:
            consents.answer(seat=one.seat(session), replay=True, now=now)
        if self.form == "group":
            self.candidate.opens(f"/sessions/{session.pk}/")
        starter = self.hosts[0] if self.hosts else self.candidate
        return sessions.start(session=session, by=starter.seat(session), now=timezone.now())

    def _invited(self, session: Session, who: Person, role: str, part: str) -> None:
        by = self.candidate if role == "interviewer" else self.hosts[0]
        _, token = invites.create(
            session=session, by=by.seat(session), role=role, part=part, now=timezone.now()
        )
        who.opens(f"/invites/{token}/")
        who.opens("/invites/")
        invites.redeem(token=token, by=who.user, now=timezone.now())

    def _assigned(self) -> Session:
        """By a group, whose mentor is somebody else."""
        mentor, now = self.cast["second"], timezone.now()
        group = groups.create(by=mentor.user, name=f"Group {self.seed}", description="", now=now)
        join(group, mentor.user, self.candidate.user, self.interviewer.user)
        groups.set_cases(group=group, by=mentor.user, slugs=[self.version.case.slug])
        task = assignments.add(
            group=group,
            by=mentor.user,
            people=[self.candidate.user.pk, self.interviewer.user.pk],
            case=self.version.case,
            terms=terms(),
            now=now,
        )
        for one in (mentor, self.candidate, self.interviewer):
            for path in ("", "levels/", "rota/"):
                one.opens(f"/groups/{group.pk}/{path}")
        return assignments.start(group=group, assignment_id=task.pk, by=self.interviewer.user, now=now)

    def _booked(self) -> None:
        """Another time is agreed on, with words that are for the two alone."""
        now = timezone.now()
        note = self.ledger.secret(self.candidate.name, self.interviewer.name)
        start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
        booking = bookings.propose(
            by=self.interviewer.user,
            to=self.candidate.user,
            role="interviewer",
            start=start,
            minutes=45,
            framework="seven-step",
            note=note,
            now=now,
        )
        bookings.accept(booking=booking, by=self.candidate.user, start=start, now=now)
        for one in self.cast.values():
            one.opens(f"/calendar/bookings/{booking.pk}/")
            token = availability.make_feed(by=one.user, now=now)
            one.opens(f"/calendar/feed/{token}.ics")
