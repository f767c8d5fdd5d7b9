"""How far interviewers agree with the automatic sheets, and with the judge's."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

from casebank import checklist
from interviews.models import ScoreSheet
from interviews.rules.agreement import Agreement, Pair, agreement
from interviews.rules.reveal import SEALED_FOR

log = logging.getLogger(__name__)
REMEMBERED = 600

# Of marks that are sealed: what is not says nothing of a machine yet, not even as an average.
# The newest mark of each person for each point, beside what each sheet says of it. A sheet that does not name an item
# says that it was not shown. Counted in Postgres: what comes back does not grow with the number of sessions.
_COUNTED = """
WITH newest AS (
  SELECT DISTINCT ON (session_id, rater_id, item) session_id, item, level, automatic_level
  FROM interviews_mark mark
  WHERE (%(everybody)s OR rater_id = %(user)s) AND (%(until)s::timestamptz IS NULL OR EXISTS (
    SELECT 1 FROM interviews_session held WHERE held.id = mark.session_id AND held.ended_at <= %(until)s
  )) AND EXISTS (
    SELECT 1 FROM interviews_mark saw
    WHERE saw.session_id = mark.session_id AND saw.rater_id = mark.rater_id AND saw.automatic_level IS NOT NULL
    UNION ALL
    SELECT 1 FROM interviews_privateevent said JOIN interviews_seat seat ON seat.id = said.seat_id
    WHERE said.kind = 'marks_sealed' AND said.session_id = mark.session_id AND seat.user_id = mark.rater_id
  )
  ORDER BY session_id, rater_id, item, at DESC, id DESC
)
SELECT sheet.source, sheet.scorer_version, newest.item, newest.automatic_level IS NOT NULL, newest.level,
       CASE WHEN newest.item = '' THEN sheet.overall ELSE coalesce(score.level, 0) END AS machine,
       count(*), max(sheet.created_at)
FROM newest
JOIN interviews_submission submission ON submission.session_id = newest.session_id
JOIN interviews_scoresheet sheet
  ON sheet.submission_id = submission.id AND sheet.source IN ('automatic', 'judge')
LEFT JOIN interviews_itemscore score ON score.sheet_id = sheet.id AND score.item = newest.item
WHERE (newest.item <> '' OR sheet.overall IS NOT NULL) AND (%(version)s = '' OR sheet.scorer_version = %(version)s)
GROUP BY 1, 2, 3, 4, 5, 6
"""


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    id: str
    text: str
    found: Agreement


@dataclass(frozen=True, slots=True)
class ScorerAgreement:
    """One scorer version beside people: all points pooled, those marked without the automatic level in view, the
    verdict, and each item that was marked, the least agreed first."""

    source: str
    version: str
    pooled: Agreement | None
    blind: Agreement | None
    verdict: Agreement | None
    items: tuple[ItemAgreement, ...]


def agreements(*, user_id: int, everybody: bool) -> list[ScorerAgreement]:
    """One entry for each scorer version that scored what this person marked, or everybody; the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"user": user_id, "everybody": everybody, "until": None, "version": ""})
        rows = cursor.fetchall()
    tables: dict[tuple[str, str], dict[str, Counter[Pair]]] = defaultdict(lambda: defaultdict(Counter))
    blind: dict[tuple[str, str], Counter[Pair]] = defaultdict(Counter)
    newest: dict[tuple[str, str], datetime] = {}
    for source, version, item, seen, person, machine, count, at in rows:
        key = (source, version)
        tables[key][item][person, machine] += count
        if item and not seen:
            blind[key][person, machine] += count
        newest[key] = max(newest.get(key, at), at)
    order = sorted(tables, key=lambda key: newest[key], reverse=True)
    return [_of(*key, tables[key], blind[key]) for key in order]


def poor_points(version: str, now: datetime) -> dict[str, int]:
    """{item: pairs} of those items on which people here often disagree with this version of the automatic scorer.
    Counted once in REMEMBERED seconds. Sessions whose seal may be shut do not count: the note would tell of a mark."""
    key = f"poor-points:{sha256(version.encode()).hexdigest()[:32]}"  # a version may hold what no key does
    try:
        known: dict[str, int] | None = cache.get(key)
        if known is None:
            known = _poor_points(version, now)
            cache.set(key, known, REMEMBERED)
    except RedisError as error:  # without the cache it is counted each time
        log.warning("Nothing remembers the agreement: %s", error)
        return _poor_points(version, now)
    return known


def _poor_points(version: str, now: datetime) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTED, {"user": 0, "everybody": True, "until": now - SEALED_FOR, "version": version}
        )
        rows = cursor.fetchall()
    tables: dict[str, Counter[Pair]] = defaultdict(Counter)
    for source, _, item, _, person, machine, count, _ in rows:
        if item and source == ScoreSheet.Source.AUTOMATIC:
            tables[item][person, machine] += count
    found = ((item, agreement(table)) for item, table in tables.items())
    return {item: one.n for item, one in found if one and one.is_poor}


def _of(source: str, version: str, table: dict[str, Counter[Pair]], blind: Counter[Pair]) -> ScorerAgreement:
    texts = checklist.texts()
    items = [
        ItemAgreement(id, texts[id], found)
        for id in texts
        if (found := agreement(table.get(id, {}))) is not None
    ]
    pooled: Counter[Pair] = sum((pairs for id, pairs in table.items() if id), Counter())
    return ScorerAgreement(
        ScoreSheet.Source(source).label,
        version,
        agreement(pooled),
        agreement(blind),
        agreement(table.get("", {})),
        tuple(sorted(items, key=lambda one: (one.found.exact, -one.found.n))),
    )
