"""Links to a report: what can be shown by one, and which there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from casebank.queries import visible_to
from interviews.models import Seat, Session, ShareLink
from interviews.papers.paper import Asked
from interviews.queries.cast import cast_of
from interviews.queries.consents import replay_is_open
from interviews.queries.depth.probes import Probed, probed
from interviews.queries.report import Report
from interviews.rules import shares as rules

# Older ones are over, and of no use any more.
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A link as its maker sees it: what it shows, in words, and whether it is open, expired or revoked."""

    link: ShareLink
    shows: tuple[str, ...]
    standing: rules.Standing


def offered(seat: Seat, found: Report) -> tuple[tuple[str, str, str], ...]:
    """What of this candidate's report can be shown: (part, name, what it is). What an interviewer or a second rater
    said once it is revealed, a rating of oneself if there is one, and the times while the replay is open."""
    absent = {
        rules.PACE: not shows_times(found),
        rules.OWN: found.own is None,
        rules.INTERVIEWER: found.feedback is None or not (found.people or found.others),
        rules.SECOND: found.second is None,
        rules.ASKED: not probed(seat, found.feedback),
    }
    return tuple(part for part in rules.PARTS if not absent.get(part[0]))


def shows_times(found: Report) -> bool:
    """Whether there are times to show: what comes of the recording closes with it."""
    return found.submission is not None and replay_is_open(cast_of(found.session))


def asked(seat: Seat, found: Report) -> tuple[Asked, ...]:
    """What strangers may know of this candidate's probes, once they are revealed: the words of those that were said to
    them alone, and of a case that is not everybody's no question."""
    told = is_public(found.session)
    return tuple(
        Asked(
            f"interviewer {one.led}" if one.led else "the interviewer",
            tuple(one.counts),
            _heard(one) if told else (),
        )
        for one in probed(seat, found.feedback)
    )


def _heard(one: Probed) -> tuple[tuple[str, str, str], ...]:
    return tuple((row.mark, row.ask, row.level) for row in one.probes if row.mark != rules.UNASKED)


def open_ones(session: Session, now: datetime) -> QuerySet[ShareLink]:
    """Those that open the report of this session now."""
    return ShareLink.objects.filter(session=session, revoked_at=None, expires_at__gt=now)


def links_of(seat: Seat, now: datetime) -> list[Listed]:
    """The newest links that this person made to this report."""
    made = ShareLink.objects.filter(session=seat.session_id, by=seat.user_id).order_by("-created_at", "-pk")
    names = {part: name for part, name, _ in rules.PARTS}
    return [
        Listed(
            link,
            tuple(name for part, name in names.items() if part in link.parts),
            rules.standing(link.expires_at, link.revoked_at, now),
        )
        for link in made[:_LISTED]
    ]


def is_public(session: Session) -> bool:
    """Whether its case is for everybody's eyes."""
    return visible_to(AnonymousUser()).filter(case_id=session.case_version.case_id).exists()


def title_for_strangers(session: Session) -> str:
    """The case's title, unless the case is not for everybody's eyes."""
    return session.case_version.title if is_public(session) else "A case that is not public"
