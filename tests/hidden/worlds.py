"""Two worlds that differ in hidden data alone, and all that somebody can ask of them.

The second is the first, altered in place, at the same frozen instant: ids and times are the same by themselves, and
only what is masked anew for every page is left to take away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from casebank.models import Guide, SeenCase
from interviews.actions import conducting, marks, notes, people
from interviews.models import (
    Feedback,
    ItemScore,
    Mark,
    PrivateNote,
    Seat,
    SecondRating,
    SecondRemark,
    Session,
)
from tests.access.test_matrix import EXPECTED
from tests.hidden.addresses import addresses, sent

# What stands only in the guide of one world, and in neither's candidate's half.
WORD, OTHER_WORD = "okapiword", "zebraword"
_MASKED = re.compile(
    rb"\b[A-Za-z0-9]{64}\b|(?<=csrf=)\w{32}|(?<=expires=)[^;]+(?=;)|(?<='X-Request-ID': ')\w+"
)
# Filters, orders, searches and pages, some that exist and some that a program would try.
QUERIES = [
    f"{path}?{query}"
    for path in ("/cases/", "/api/v1/cases/", "/sessions/", "/progress/", "/sessions/new/")
    for query in (
        f"q={WORD}",
        f"search={WORD}",
        f"guide__body__icontains={WORD}",
        "ordering=guide",
        "ordering=-guide__body",
        "sort=guide",
        "page=2",
        "page=x",
        "page_size=1",
        "level=senior",
        "kind=ranking",
        "by=marks",
        "case=no-such-case",
    )
]
FORMS: tuple[dict[str, str], ...] = (
    {},
    {"text": "x", "base": "0"},
    {"number": "1", "question": f"What of {WORD}?"},
)


def seen(client: Client, session: Session, *, forms: bool = True) -> dict[str, bytes]:
    """{what was asked: all that came}: every address as a page and as a part of one, every search, and with `forms`
    every form, empty and with something in it. Nothing is left behind."""
    found = {}
    for address in (*addresses(session), *QUERIES):
        found[f"GET {address}"] = asked(client, "get", address)
        if address.startswith("/api/"):
            found[f"OPTIONS {address}"] = asked(client, "options", address)
        elif str(session.pk) in address:
            heads = {"HX-Request": "true"}
            found[f"GET {address} as a part"] = asked(client, "get", address, headers=heads)
    for address in posts(session) if forms else ():
        for number, form in enumerate(FORMS):
            kind: dict[str, Any] = {"content_type": "application/json"} if address.startswith("/api/") else {}
            found[f"POST {address} {number}"] = asked(client, "post", address, data=form, **kind)
    return found


def posts(session: Session) -> Iterable[str]:
    """The session's own addresses that take a form."""
    room = "sessions/<uuid:pk>/"
    seats = session.seats.order_by("pk").values_list("pk", flat=True)
    for route, method in EXPECTED:
        if method == "POST" and room in route:
            filled = "/" + route.replace("<uuid:pk>", str(session.pk)).replace("<str:item>", "clarify.goal")
            for pk in seats if "<int:" in filled else seats[:1]:
                yield re.sub(r"<\w+:\w+>", str(pk), filled)


def asked(client: Client, method: str, address: str, **more: Any) -> bytes:
    """All that comes, without what is masked anew each time; whatever was done is taken back."""
    cache.clear()
    cookies = dict(client.cookies)
    with transaction.atomic():
        if method == "post":
            _count_from_the_rows()
        answer = getattr(client, method)(address, **more)
        came = str(answer.status_code).encode() + b"\n" + sent(answer)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return _MASKED.sub(b"*", came)


def _count_from_the_rows() -> None:
    """Sequences do not roll back; without this, what is made gets another number the second time."""
    from django.apps import apps
    from django.core.management.color import no_style

    models: list[type[Model]] = list(apps.get_models())
    with connection.cursor() as cursor:
        for line in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(line)


def alter(session: Session) -> None:
    """The other world: everything that the candidate may not know is another, longer, and more."""
    now = timezone.now()
    guide = Guide.objects.get(version=session.case_version)
    guide.body = _longer(guide.body, keep=_told(session))
    guide.save()
    ben = _seat(session, "interviewer")
    for note in PrivateNote.objects.filter(seat__session=session):
        note.text, note.version = f"{note.text} And {OTHER_WORD} again and again.", note.version + 3
        note.save()
    if session.ended_at is None:
        notes.save_private(seat=ben, text="x " * 500, base=_version(ben), now=now)
        for number in (1, 2, 1):
            conducting.probe(session=session, seat=ben, level="senior", number=number, mark="missed", now=now)
        for item in ("clarify.goal", "data.labels", "clarify.scale"):
            marks.tick(seat=ben, item=item, level=2, now=now)
    if session.ended_at:
        about = _seat(session, "candidate")
        people.complain(seat=ben, other=about, reason="other", words="She " * 40, now=now)
        for item in ("clarify.goal", "clarify.scale", ""):
            Mark.objects.create(
                session=session, rater=ben.user, item=item, level=1, reason=OTHER_WORD, at=now
            )
        for said in Feedback.objects.filter(author=ben, about=about):
            _rewrite(said, strength="Much longer. " * 30)
        for score in ItemScore.objects.filter(
            sheet__submission__session=session, sheet__source="interviewer"
        ):
            _rewrite(score, level=3, evidence=[{"where": "reason", "quote": OTHER_WORD}])
    SeenCase.objects.get_or_create(
        user=ben.user, case=session.case_version.case, how=SeenCase.How.GUIDE, defaults={"at": now}
    )


def alter_second(session: Session) -> None:
    """Another world in what a second rater has written and not sealed."""
    for row in SecondRating.objects.filter(session=session):
        SecondRating.objects.filter(pk=row.pk).update(answers={"clarify.goal": "3"}, version=row.version + 5)
        if row.rater:
            SecondRemark.objects.create(rating=row, item="clarify.goal", by=row.rater, words=OTHER_WORD)


def _rewrite(row: Model, **changed: Any) -> None:
    """The row as another that has its number: what never changes once written is written anew."""
    pk = row.pk
    row.delete()
    for name, value in {"pk": pk, **changed}.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def _longer(value: Any, *, keep: str) -> Any:
    """The same with other words in every text, and every list twice as long, but for what was told."""
    if isinstance(value, dict):
        return {key: one if key == "reference" else _longer(one, keep=keep) for key, one in value.items()}
    if isinstance(value, list):
        return [_longer(one, keep=keep) for one in value] + value
    if isinstance(value, str):
        return value if value in keep else f"{value.replace(WORD, OTHER_WORD)} {OTHER_WORD}, and so on"
    return value


def _told(session: Session) -> str:
    return "".join(str(data) for data in session.events.values_list("data", flat=True))


def _version(seat: Seat) -> int:
    note = PrivateNote.objects.filter(seat=seat).first()
    return note.version if note else 0


def _seat(session: Session, role: str) -> Seat:
    return session.seats.select_related("session__case_version__case", "session__board", "user").get(
        role=role
    )
