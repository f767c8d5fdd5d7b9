"""All that Dora leaves behind: a life with Ben, in words that stand nowhere else, to be looked for in a dump."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta
from io import BytesIO

from allauth.account.models import EmailAddress
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as LogIn
from django.db import connection
from django.test import Client

from casebank.actions import drafts
from casebank.actions import shares as case_shares
from casebank.models import Case
from interviews.actions import (
    availability,
    bookings,
    calls,
    chat,
    disputes,
    feedback,
    groups,
    invitations,
    marks,
    memberships,
    notes,
    people,
    pictures,
    scoring,
    sessions,
    shares,
    webhooks,
)
from interviews.models import Mode, Seat, SecondRating, SecondRemark, Session
from interviews.rules.availability import Hours
from interviews.rules.shares import Wish
from mlsd_site.accounts import archive_outbox, tokens
from mlsd_site.accounts.models import Agreement, ArchivePiece, KeptAnswer, User
from tests.conftest import PASSWORD
from tests.interviews.actions.test_feedback import ABOUT_ADA, ABOUT_BEN
from tests.interviews.pictures import picture
from tests.interviews.stage import alone, pair
from whiteboard.models import Recording

EMAIL, OTHER_EMAIL = "emailquetzal@example.com", "otherquetzal@example.com"
NAME, REAL, CONTACT = "Namequetzal", "Realquetzal Miller", "https://contactquetzal.example/me"
CANARY = "quetzal"


def dora() -> User:
    """An account with two addresses and all that a profile asks."""
    user = User.objects.create_user(
        EMAIL, PASSWORD, display_name=NAME, real_name=REAL, contact=CONTACT, timezone="Asia/Tbilisi"
    )
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email=OTHER_EMAIL, verified=True)
    return user


def shared(candidate: User, interviewer: User, now: datetime) -> Session:
    """A session that the two held, scored, with the feedback of both sent, and private words of each in it."""
    made = pair(candidate, interviewer, now=now - timedelta(hours=2))
    session, began = made.session, now - timedelta(hours=2)
    sessions.start(session=session, by=made.interviewer, now=began)
    for number, seat in enumerate((made.candidate, made.interviewer)):
        chat.say(seat=seat, text=_private(seat.user), ref=number, now=began)
        if seat.user.display_name == NAME:
            calls.share_link(seat=seat, url="https://quetzal-room.example/1", now=began)
    text = "200 million users a day, about 30k requests per second, and 100 ms for each."
    notes.save(seat=made.candidate, step="clarify", text=text, base=0, now=began)
    notes.save_private(seat=made.interviewer, text=_private(interviewer), base=0, now=began)
    marks.tick(seat=made.interviewer, item="clarify.goal", level=2, now=began)
    reason = "quetzal rang" if interviewer.display_name == NAME else "the door"
    sessions.pause(session=session, by=made.interviewer, reason=reason, now=began)
    sessions.resume(session=session, by=made.interviewer, now=began)
    session = sessions.submit(session=session, by=made.candidate, now=now - timedelta(hours=1))
    a, b = (
        Seat.objects.select_related("session", "user").get(pk=one.pk)
        for one in (made.candidate, made.interviewer)
    )
    job = session.submission.jobs.get(scorer="local")
    scoring.run(job_id=job.pk, now=now)
    feedback.skip_self(seat=a, now=now)
    feedback.save_draft(seat=a, about=b, given={"keep": _private(candidate)}, base=0, now=now)
    marks.mark(seat=b, item="", level=3, sheet=None, reason="Solid.", now=now)
    feedback.send(seat=b, about=a, given=ABOUT_ADA, now=now)
    feedback.send(seat=a, about=b, given=ABOUT_BEN, now=now)
    mine, other = (a, b) if candidate.display_name == NAME else (b, a)
    people.introduce(seat=mine, other=other, now=now)
    return session


def life(user: User, partner: User, admin: User, now: datetime) -> tuple[Session, Session]:
    """All that a person can do; returns the two sessions held with `partner`, as candidate and as interviewer."""
    solo = alone(user, now=now - timedelta(days=1))
    seat = solo.seats.get()
    sessions.start(session=solo, by=seat, now=now - timedelta(days=1))
    seat = Seat.objects.select_related("session", "user").get(pk=seat.pk)
    notes.save(seat=seat, step="clarify", text="alone quetzal", base=0, now=now - timedelta(days=1))
    pictures.add(seat=seat, data=picture(), now=now - timedelta(days=1))
    sessions.submit(session=solo, by=seat, now=now - timedelta(days=1, minutes=-9))
    both = shared(user, partner, now), shared(partner, user, now)
    for session in both:
        candidate = session.seats.select_related("session").get(role="candidate")
        wish = Wish(frozenset({"verdict", "notes"}), timedelta(days=7))
        shares.create(seat=candidate, wish=wish, now=now)
    waiting = alone(user, mode=Mode.PEER, now=now)
    invitations.send(
        session=waiting, by=waiting.seats.get(), role="interviewer", email=partner.email, link=str, now=now
    )
    theirs = alone(partner, mode=Mode.PEER, now=now)
    invitations.send(
        session=theirs,
        by=theirs.seats.get(),
        role="interviewer",
        email=OTHER_EMAIL.upper(),
        link=str,
        now=now,
    )
    availability.add_hours(by=user, hours=Hours(1, 18 * 60, 20 * 60))
    availability.list_me(by=user, wanted="either", language="en", now=now)
    availability.make_feed(by=user, now=now)
    hook = webhooks.create(by=user, url="https://quetzal.example/hook", events=["score.ready"], now=now)
    webhooks.ping(webhook=hook, now=now)
    Agreement.objects.create(user=user, version="quetzal 1")
    tokens.create(by=user, name="script quetzal", scopes=tokens.SCOPES, days=7, now=now)
    KeptAnswer.objects.create(
        user=user, key_hash="k", request_hash="r", status=201, content_type="text/plain", body=b"quetzal"
    )
    archive_outbox.ask(user=user, now=now)
    if claimed := archive_outbox.claim(now=now):
        archive_outbox.keep(claimed, BytesIO(b"all of quetzal"), now=now)
    for days in (2, 3):
        start = (now + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)
        booking = bookings.propose(
            by=user,
            to=partner,
            role="candidate",
            start=start,
            minutes=45,
            framework="seven-step",
            note="note quetzal",
            now=now,
        )
        if days == 2:
            bookings.accept(booking=booking, by=partner, start=start, now=now)
    group = groups.create(by=partner, name="Circle", description="", now=now)
    memberships.join(token=memberships.make_link(group=group, by=partner, now=now), by=user, now=now)
    own = groups.create(by=user, name="Own quetzal group", description="", now=now)
    memberships.invite(group=own, by=user, email=partner.email, link=str, now=now)
    seat, other = both[0].seats.get(user=user), both[0].seats.get(user=partner)
    said = people.complain(seat=seat, other=other, reason="other", words="words quetzal", now=now)
    people.handle(complaints=[said.pk], by=admin.pk, now=now)
    _second_thoughts(user, both, now)
    drafts.create(by=user, text="title: draft quetzal", now=now)
    secret = Case.objects.create(slug="quetzal-case", owner=user)
    case_shares.share(case=Case.objects.create(slug="bens-case", owner=partner), email=EMAIL, now=now)
    case_shares.share(case=secret, email=partner.email, now=now)
    kind = ContentType.objects.get_for_model(EmailAddress)
    LogEntry.objects.create(
        user=admin, content_type=kind, object_id="1", object_repr=EMAIL, action_flag=ADDITION
    )
    Client().force_login(user)
    return both


def _second_thoughts(user: User, both: tuple[Session, Session], now: datetime) -> None:
    """A dispute, an answer to one, and a second rating that was begun."""
    for session in both:
        candidate = Seat.objects.select_related("session", "user").get(session=session, role="candidate")
        interviewer = Seat.objects.select_related("session", "user").get(session=session, role="interviewer")
        sheet = session.submission.sheets.get(source="automatic")
        words = {"candidate": "no quetzal", "interviewer": "quetzal, yes"}
        words = {
            role: said if seat.user == user else "So it is."
            for (role, said), seat in zip(words.items(), (candidate, interviewer), strict=True)
        }
        row = disputes.file(
            seat=candidate, item="clarify.scale", sheet=sheet.pk, reason=words["candidate"], now=now
        )
        disputes.answer(seat=interviewer, dispute=row.pk, level=1, words=words["interviewer"], now=now)
    rating = SecondRating.objects.create(
        session=both[1], rater=user, taken_at=now, answers={"clarify.scale": "quetzal"}
    )
    SecondRemark.objects.create(
        rating=rating, item="clarify.scale", by=user, words="a remark, quetzal", at=now
    )


def dump() -> str:
    """Every row of every table as text, and what is packed in them unpacked."""
    lines: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            lines += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    lines += [f"log-in: {row.get_decoded()}" for row in LogIn.objects.all()]
    lines += [f"recording: {zlib.decompress(bytes(row.packed)[1:])!r}" for row in Recording.objects.all()]
    lines += [f"archive: {bytes(row.data)!r}" for row in ArchivePiece.objects.all()]
    return "\n".join(lines)


def _private(user: User) -> str:
    return "private quetzal" if user.display_name == NAME else "private and harmless"
