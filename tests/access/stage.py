"""Two circles of people who know nothing of each other, and in each one of everything that has an address.

The cast belongs to the first circle: Ada the candidate, Ben the interviewer, Dora who watches, and Fay who watched and
was in the group once. Cleo is a stranger to all of it, and Root an admin. What the second circle has is foreign to all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from casebank.actions import drafts, shares
from casebank.models import Case, CaseVersion
from interviews.actions import (
    assignments,
    availability,
    groups,
    invites,
    memberships,
    pictures,
    sessions,
    webhooks,
)
from interviews.actions import shares as links
from interviews.models import (
    Block,
    Booking,
    Consent,
    GroupInvite,
    Match,
    Mode,
    Offer,
    Role,
    Seat,
    SecondRating,
    Session,
    ShareLink,
    Ticket,
)
from interviews.rules.availability import Hours
from interviews.rules.shares import PARTS, Wish
from mlsd_site.accounts import archive_outbox, tokens
from mlsd_site.accounts.models import User
from tests.casebank.shelf import case
from tests.interviews import history
from tests.interviews.appointments import proposed
from tests.interviews.pictures import picture
from tests.interviews.programme import join, terms

# What no row has. Like the ids that there are, it has six digits: an answer that repeats it is as long.
NO_NUMBER, NO_UUID, NO_TOKEN = 799_999, UUID("00000000-0000-4000-8000-000000000000"), "n" * 43
FIRST_NUMBER = 700_000
LOBBY, LIVE, PAST = "lobby", "live", "past"


@dataclass(frozen=True, slots=True)
class Circle:
    """People and what is theirs. `ids`: {what: its id}, as `routes.py` of these tests asks for them."""

    candidate: User
    interviewer: User
    watcher: User
    former: User
    sessions: Mapping[str, Session]
    ids: Mapping[str, object]


def user(name: str, **more: object) -> User:
    """Somebody with a confirmed address; without a password, since nobody here logs in by one."""
    made = User.objects.create(email=f"{name.lower()}@example.com", display_name=name, **more)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def count_from_afar() -> None:
    """Let every table's numbers begin at 700,000, each somewhere else, so that none stands by chance in a page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1")
        for place, (name,) in enumerate(cursor.fetchall()):
            cursor.execute("SELECT setval(%s::regclass, %s)", [name, FIRST_NUMBER + place * 613])


def circle(names: tuple[str, str, str, str], slug: str) -> Circle:
    """One of everything, for these: candidate, interviewer, watcher, and who has left."""
    now = timezone.now()
    candidate, interviewer, watcher, former = people = [user(name) for name in names]
    shown = case(f"{slug}-shown")
    held = {
        LOBBY: _meeting(people, shown, now),
        LIVE: _meeting(people, shown, now),
        PAST: _past(people, shown, now),
    }
    live = sessions.start(session=held[LIVE], by=_seat(held[LIVE], interviewer), now=now)
    shared = pictures.add(seat=_seat(live, candidate), data=picture(), now=now)
    Seat.objects.filter(user=former).update(left_at=now, is_live=False)
    past = held[PAST]
    wish = Wish(frozenset(name for name, *_ in PARTS), timedelta(days=7))
    link, token = links.create(seat=_seat(past, candidate), wish=wish, now=now)
    ids: dict[str, object] = {"picture": shared.pk, "share": link.pk, "shared": token}
    ids |= _case(people, slug, now) | _group(people, slug, now) | _calendar(people, now)
    ids["token"] = tokens.create(by=candidate, name="CI", scopes=["cases:read"], days=30, now=now)[0].pk
    hook = webhooks.create(by=candidate, url=f"https://example.com/{slug}", events=["score.ready"], now=now)
    ids |= {"webhook": hook.pk, "delivery": webhooks.ping(webhook=hook, now=now).pk}
    archive_outbox.ask(user=candidate, now=now)
    if claimed := archive_outbox.claim(now=now):
        archive_outbox.keep(claimed, BytesIO(b"All of it."), now=now)
        ids["archive"] = claimed.pk
    ids["login"] = UserSession.objects.create(
        user=candidate, ip="192.0.2.1", last_seen_at=now, session_key=f"elsewhere-{candidate.pk}"
    ).pk
    ids["block"] = Block.objects.create(by=candidate, of=user(f"Blocked-by-{names[0]}")).pk
    held[LIVE] = live
    return Circle(candidate, interviewer, watcher, former, held, ids)


def second_rating(rater: User, candidate: User, interviewer: User, version: CaseVersion) -> UUID:
    """Somebody has taken a session of these two to rate it; the rating's id."""
    ended = timezone.now() - timedelta(days=9)
    session = history.held(candidate, interviewer, version, ended=ended)
    history.agree(session)
    history.sheet(session, 1)
    history.sent(session, interviewer, 2)
    row = SecondRating.objects.create(session=session, offered_at=ended, rater=rater, taken_at=timezone.now())
    return row.pk


def offer(candidate: User, interviewer: User) -> UUID:
    """The two are offered each other in the line, whatever else they are in; the match's id."""
    now = timezone.now()
    match = Match.objects.create(level="senior", made_at=now, expires_at=now + timedelta(minutes=5))
    for role, one in ((Role.CANDIDATE, candidate), (Role.INTERVIEWER, interviewer)):
        ticket = Ticket.objects.create(
            user=one, role=role, level="senior", language="en", since=now, seen_at=now, state="offered"
        )
        Offer.objects.create(match=match, ticket=ticket, role=role)
    return match.pk


def hide(listed: User, people: Iterable[User]) -> None:
    """To these, somebody who offers times looks like nobody."""
    Block.objects.bulk_create(Block(by=listed, of=one) for one in people)


def nothing_spent() -> None:
    """Limits on how often something is done begin anew."""
    cache.clear()


def _meeting(people: list[User], version: CaseVersion, now: datetime) -> Session:
    candidate, interviewer, watcher, former = people
    session = sessions.create(
        by=candidate,
        version=version,
        mode=Mode.PEER,
        role=Role.CANDIDATE,
        framework="seven-step",
        level="senior",
        now=now,
    )
    _, token = invites.create(session=session, by=session.seats.get(), role="interviewer", now=now)
    seat = invites.redeem(token=token, by=interviewer, now=now)
    for one in (session.seats.get(user=candidate), seat):
        Consent.objects.create(seat=one, replay=True, answered_at=now, ready_at=now)
    for other in (watcher, former):
        _, token = invites.create(session=session, by=seat, role="observer", now=now)
        invites.redeem(token=token, by=other, now=now)
    return session


def _past(people: list[User], version: CaseVersion, now: datetime) -> Session:
    """Ended three days ago, and all that was written is shown."""
    candidate, interviewer, watcher, former = people
    session = history.held(candidate, interviewer, version, ended=now - timedelta(days=3))
    for one in (watcher, former):
        Seat.objects.create(session=session, user=one, role=Role.OBSERVER)
    history.agree(session)
    history.sheet(session, 1)
    history.sent(session, interviewer, 2)
    return session


def _case(people: list[User], slug: str, now: datetime) -> dict[str, object]:
    """A case of the candidate's own, which the interviewer sees; one that is retired; a draft."""
    candidate, interviewer, _, former = people
    own = case(f"{slug}-own", owner=candidate)
    made = [shares.share(case=own.case, email=one.email, now=now) for one in (interviewer, former)]
    made[1].delete()
    Case.objects.filter(pk=case(f"{slug}-old", owner=candidate).case.pk).update(retired_at=now)
    draft = drafts.create(by=candidate, text="case: {}", now=now)
    return {"case": f"{slug}-own", "old": f"{slug}-old", "case share": made[0].pk, "draft": draft.pk}


def _group(people: list[User], slug: str, now: datetime) -> dict[str, object]:
    """A group that the interviewer mentors."""
    candidate, interviewer, watcher, former = people
    set_case = case(f"{slug}-next").case
    group = groups.create(by=interviewer, name="Circle", description="", now=now)
    join(group, interviewer, candidate, watcher, former)
    memberships.leave(group=group, user_id=former.pk, now=now)
    groups.set_cases(group=group, by=interviewer, slugs=[set_case.slug])
    task = assignments.add(
        group=group,
        by=interviewer,
        people=[candidate.pk, interviewer.pk],
        case=set_case,
        terms=terms(),
        now=now,
    )
    token = memberships.make_link(group=group, by=interviewer, now=now)
    invite = group.invites.latest("pk")
    return {
        "group": group.pk,
        "group invite": invite.pk,
        "group token": token,
        "member": watcher.pk,
        "assignment": task.pk,
    }


def _calendar(people: list[User], now: datetime) -> dict[str, object]:
    """The candidate's hours, a proposal to them, and a feed."""
    candidate, interviewer, *_ = people
    start = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=4)
    booking: Booking = proposed(interviewer, candidate, start=start, now=now)
    hours = availability.add_hours(by=candidate, hours=Hours(1, 18 * 60, 20 * 60))
    slot = availability.add_slot(by=candidate, starts_at=start, ends_at=start + timedelta(hours=2), now=now)
    listing = availability.list_me(by=interviewer, wanted="either", language="en", now=now)
    feed = availability.make_feed(by=candidate, now=now)
    return {
        "booking": booking.pk,
        "hours": hours.pk,
        "slot": slot.pk,
        "listing": listing.pk,
        "feed": feed,
    }


def _seat(session: Session, who: User) -> Seat:
    return session.seats.select_related("session__case_version__case", "session__board").get(user=who)


def spoil(of: Circle) -> None:
    """What opens to whoever has it opens nothing any more: the shared report, the group's link, the feed."""
    ShareLink.objects.filter(session=of.sessions[PAST]).update(revoked_at=timezone.now())
    GroupInvite.objects.filter(created_by=of.interviewer).delete()
    availability.revoke_feed(by=of.candidate)
