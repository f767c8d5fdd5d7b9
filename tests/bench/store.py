"""A store with many sessions in it: a few are made row by row, and Postgres copies them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, models
from django.db.models import AutoField, Field, ForeignKey, UUIDField

from casebank.models import CaseVersion
from interviews.models import ItemScore, ScoreSheet, Seat, SelfRating, Session, Submission
from mlsd_site.accounts.models import User
from tests.interviews.history import held, sheet
from whiteboard.models import Board

PEOPLE, ORIGINALS = 5_000, 20
# {what a held session leaves: the way from there to the session}, each after what it refers to.
TABLES: dict[type[models.Model], str] = {
    Session: "pk",
    Seat: "session",
    Submission: "session",
    SelfRating: "seat__session",
    ScoreSheet: "submission__session",
    ItemScore: "sheet__submission__session",
}
# Above every number that is in use: copy n of row r has the number r + n * STRIDE.
STRIDE = 1_000_000


def fill(sessions: int, version: CaseVersion, now: datetime) -> None:
    """So many held and scored sessions, back from `now`, of PEOPLE people who take turns as candidate and interviewer.
    Needs a user of the database who may put triggers aside."""
    User.objects.bulk_create(
        User(email=f"person{number}@example.com", display_name=f"Person {number}") for number in range(PEOPLE)
    )
    people = list(User.objects.filter(email__startswith="person").order_by("pk").values_list("pk", flat=True))
    candidate, interviewer = User.objects.filter(pk__in=people[:2]).order_by("pk")
    originals = []
    for number in range(ORIGINALS):
        originals.append(held(candidate, interviewer, version, ended=now - timedelta(days=3, hours=number)))
        sheet(originals[-1], number % 4)
    rows = {Board: [one.board_id for one in originals]} | {
        model: list(
            model._base_manager.filter(**{f"{way}__in": [one.pk for one in originals]}).values_list(
                "pk", flat=True
            )
        )
        for model, way in TABLES.items()
    }
    with connection.cursor() as cursor:
        # Copies keep what the originals kept; the triggers would ask of each row again.
        cursor.execute("SET session_replication_role = replica")
        for model, keys in rows.items():
            cursor.execute(
                _copy(model), {"copies": sessions // ORIGINALS - 1, "first": people[0], "rows": keys}
            )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def _copy(model: type[models.Model]) -> str:
    fields = [one for one in model._meta.concrete_fields if not one.generated]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    values = ", ".join(_value(model, one) for one in fields)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({columns}) '
        f'SELECT {values} FROM "{model._meta.db_table}" was, '
        f'generate_series(1, %(copies)s) n WHERE was."{model._meta.pk.column}" = ANY(%(rows)s)'
    )


def _value(model: type[models.Model], field: Field[object, object]) -> str:
    """What stands in a copy: its own numbers, another person, an earlier time; the rest as it was."""
    was = f'was."{field.column}"'
    target = field.related_model if isinstance(field, ForeignKey) else model if field.primary_key else None
    if target is User:
        return f"%(first)s + mod({was} - %(first)s + n, {PEOPLE})"
    if target is Board or target in TABLES:
        key = target._meta.pk
        if isinstance(key, UUIDField):
            return f"md5({was}::text || n)::uuid"
        assert isinstance(key, AutoField), f"{target} has numbers of another kind"
        return f"{was} + n::bigint * {STRIDE}"
    if isinstance(field, models.DateTimeField):
        return f"{was} - n * interval '{ORIGINALS} hours'"
    return was
