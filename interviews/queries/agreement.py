"""How far interviewers agree with the automatic sheets, and with the judge's."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from casebank import checklist
from interviews.models import ScoreSheet
from interviews.rules.agreement import Agreement, Pair, agreement

# Of marks that are sealed: what is not says nothing of a machine yet, not even as an average.
# The newest mark of each person for each point, beside what each sheet says of it. A sheet that does not name an item
# says that it was not shown. Counted in Postgres: what comes back does not grow with the number of sessions.
_COUNTED = """
WITH newest AS (
  SELECT DISTINCT ON (session_id, rater_id, item) session_id, item, level, automatic_level
  FROM interviews_mark mark
  WHERE (%(everybody)s OR rater_id = %(user)s) AND EXISTS (
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
WHERE newest.item <> '' OR sheet.overall IS NOT NULL
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
        cursor.execute(_COUNTED, {"user": user_id, "everybody": everybody})
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
