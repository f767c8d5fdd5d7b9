"""Bringing people who wait together, and what becomes of it. Matches are locked before tickets, everywhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from casebank import frameworks
from interviews.actions import sessions
from interviews.errors import Refused
from interviews.models import Match, Mode, Offer, Role, Session, Swap, Ticket
from interviews.queries import line
from interviews.queries.blocks import blocked_among
from interviews.queries.next_case import case_for
from interviews.rules import pairing

# How many are looked at together.
_MOST = 10_000
# Who has said nothing for so long has gone.
_GONE = timedelta(minutes=3)
_Outcome, _Ending, _News = Match.Outcome, Ticket.Ending, Ticket.News


def tend(*, now: datetime) -> int:
    """All that the line needs from time to time: offers that ran out, people who went, new offers. Returns how many
    offers were made. Two of these at once do not disturb each other."""
    lapse(now=now)
    send_away(now=now)
    return match_waiting(now=now)


@transaction.atomic
def match_waiting(*, now: datetime) -> int:
    """Offer partners to those who wait; returns how many pairs. Tickets that another matcher holds are left to it."""
    tickets = list(line.ready(now).select_for_update(of=("self",), skip_locked=True)[:_MOST])
    pairs = pairing.best_pairs(line.as_waiting(tickets, now), now) if len(tickets) > 1 else []
    by_user = {ticket.user_id: ticket for ticket in tickets}
    matches, offers = [], []
    for pair in pairs:
        match = Match(
            level=pair.level,
            framework=pair.framework,
            swap=pair.swap,
            made_at=now,
            expires_at=now + pairing.TO_ACCEPT,
        )
        matches.append(match)
        for role, user in ((Role.CANDIDATE, pair.candidate), (Role.INTERVIEWER, pair.interviewer)):
            offers.append(Offer(match=match, ticket=by_user[user], role=role))
    Match.objects.bulk_create(matches)
    Offer.objects.bulk_create(offers)
    Ticket.objects.filter(pk__in=[offer.ticket_id for offer in offers]).update(
        state=Ticket.State.OFFERED, news=""
    )
    return len(pairs)


def accept(*, match_id: UUID, by: AbstractBaseUser, now: datetime) -> Session | None:
    """Say yes for the person whom access.offer_of has let in; the session once both have. Saying it twice changes
    nothing."""
    lapse(now=now, only=match_id)
    with transaction.atomic():
        match = _open(match_id, now)
        own = match.offers.get(ticket__user_id=by.pk)
        if own.accepted_at is None:
            own.accepted_at = now
            own.save(update_fields=["accepted_at"])
        if match.offers.filter(accepted_at__isnull=False).count() < 2:
            return None
        return _settle(match, now)


def decline(*, match_id: UUID, by: AbstractBaseUser, now: datetime) -> None:
    """Say no: both stay in the line, the other in front, and the two are not proposed to each other for a while."""
    lapse(now=now, only=match_id)
    with transaction.atomic():
        refuse(_open(match_id, now), by=by, now=now)


def refuse(match: Match, *, by: AbstractBaseUser, now: datetime) -> None:
    """End a locked match by the word of one of the two."""
    _end(match, _Outcome.REFUSED, now)
    for ticket in _tickets(match):
        if ticket.user_id == by.pk:
            _back(ticket, _News.OWN_NO, front=ticket.front)
        else:
            _back(ticket, _News.REFUSED)


def lapse(*, now: datetime, only: UUID | None = None) -> int:
    """End the matches that were not accepted in time, or that one if it is among them; returns how many. Who had
    accepted goes back in front; who said nothing leaves the line."""
    late = Match.objects.filter(outcome="", expires_at__lte=now)
    if only is not None:
        late = late.filter(pk=only)
    return sum(_lapse(pk, now) for pk in list(late.order_by("expires_at").values_list("pk", flat=True)[:500]))


@transaction.atomic
def send_away(*, now: datetime) -> int:
    """Close the tickets of those who have gone, or are in a running session; returns how many."""
    waiting = Ticket.objects.filter(state=Ticket.State.WAITING)
    busy = line.busy_among(list(waiting.values_list("user_id", flat=True)))
    closed = 0
    for ending, found in (
        (_Ending.BUSY, waiting.filter(user_id__in=busy)),
        (_Ending.GONE, waiting.filter(seen_at__lte=now - _GONE)),
    ):
        mine = list(
            found.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)[:1000]
        )
        closed += Ticket.objects.filter(pk__in=mine).update(
            state=Ticket.State.CLOSED, ending=ending, closed_at=now
        )
    return closed


def open_match_of(user: AbstractBaseUser) -> Match | None:
    """The match that this person is offered, locked; None if there is none."""
    mine = Offer.objects.filter(ticket__user_id=user.pk, is_open=True).values("match")
    return Match.objects.select_for_update(of=("self",)).filter(pk__in=mine, outcome="").first()


def close(ticket: Ticket, ending: Ticket.Ending, now: datetime) -> None:
    """Take a locked ticket out of the line."""
    ticket.state, ticket.ending, ticket.closed_at = Ticket.State.CLOSED, ending, now
    ticket.save(update_fields=["state", "ending", "closed_at"])


def _settle(match: Match, now: datetime) -> Session | None:
    """Both have accepted: their session, or both back in the line with the reason."""
    tickets = _tickets(match)
    people = {offer.role: offer.ticket.user for offer in match.offers.select_related("ticket__user")}
    busy = line.busy_among([ticket.user_id for ticket in tickets])
    if busy:
        _end(match, _Outcome.BUSY, now)
        for ticket in tickets:
            if ticket.user_id in busy:
                close(ticket, _Ending.BUSY, now)
            else:
                _back(ticket, _News.REFUSED)
        return None
    # One has blocked the other since the offer; to both it looks like a no.
    if blocked_among([ticket.user_id for ticket in tickets]):
        _end(match, _Outcome.REFUSED, now)
        for ticket in tickets:
            _back(ticket, _News.REFUSED)
        return None
    candidate, interviewer = people[Role.CANDIDATE], people[Role.INTERVIEWER]
    version = case_for(candidate, [interviewer], match.level)
    if version is None or (
        match.swap and case_for(interviewer, [candidate], match.level, besides=version) is None
    ):
        _end(match, _Outcome.NO_CASE, now)
        for ticket in tickets:
            _back(ticket, _News.NO_CASE)
        return None
    match.session = sessions.create(
        by=candidate,
        version=version,
        mode=Mode.PEER,
        role=Role.CANDIDATE,
        framework=match.framework or frameworks.default().slug,
        level=match.level,
        now=now,
        others=[(Role.INTERVIEWER, interviewer)],
        agreed_start=now,
        swap=Swap.FULL if match.swap else None,
    )
    _end(match, _Outcome.MET, now)
    for ticket in tickets:
        close(ticket, _Ending.MET, now)
    return match.session


@transaction.atomic
def _lapse(pk: UUID, now: datetime) -> bool:
    match = (
        Match.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, outcome="", expires_at__lte=now)
        .first()
    )
    if match is None:
        return False
    yes = set(match.offers.filter(accepted_at__isnull=False).values_list("ticket_id", flat=True))
    _end(match, _Outcome.LAPSED, now)
    for ticket in _tickets(match):
        if ticket.pk in yes:
            _back(ticket, _News.LAPSED)
        else:
            close(ticket, _Ending.LAPSED, now)
    return True


def _open(match_id: UUID, now: datetime) -> Match:
    """The match, locked, if it can still be answered."""
    match = Match.objects.select_for_update(of=("self",)).get(pk=match_id)
    if match.outcome or match.expires_at <= now:
        raise Refused(
            "match_over",
            "This offer is over: it was answered, or the time ran out. Your page shows where you stand now.",
        )
    return match


def _tickets(match: Match) -> list[Ticket]:
    """The two tickets, locked, always in the same order."""
    mine = match.offers.values("ticket")
    return list(Ticket.objects.select_for_update(of=("self",)).filter(pk__in=mine).order_by("pk"))


def _end(match: Match, outcome: Match.Outcome, now: datetime) -> None:
    match.outcome, match.closed_at = outcome, now
    match.save(update_fields=["outcome", "closed_at", "session"])
    match.offers.update(is_open=False)


def _back(ticket: Ticket, news: Ticket.News, *, front: bool = True) -> None:
    """Back into the line with the waiting time kept."""
    ticket.state, ticket.news, ticket.front = Ticket.State.WAITING, news, front
    ticket.save(update_fields=["state", "news", "front"])
