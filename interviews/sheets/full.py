"""The sheet of a case with the guide's content. Whoever calls this answers for who will read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebank.models import CaseVersion
from interviews.sheets.candidate import facts
from interviews.sheets.draw import drawing
from interviews.sheets.figures import number, sums
from interviews.sheets.sheet import Block, Section, Sheet, Table
from interviews.sheets.words import plain, words

_CHAIN = {
    "business_goal": "Business goal",
    "ml_objective": "ML objective",
    "loss": "Loss",
    "offline_metric": "Offline metric",
    "online_metric": "Online metric",
    "guardrail": "Guardrail",
}


def full_sheet(version: CaseVersion, guide: Mapping[str, Any]) -> Sheet:
    """Capacity, objective chain, decisions, reference drawing and latency path; what a guide lacks is left out."""
    reference = guide.get("reference") or {}
    picture = drawing(
        reference.get("diagram"),
        alt="A reference architecture",
        caption="One design that earns full marks; there are others.",
        share=0.47,
    )
    found: list[tuple[str, Block | None]] = [
        ("From goal to guardrail", _chain(reference.get("objective_chain") or {})),
        ("What decides", _decisions(reference.get("decisions") or [])),
        ("Latency path, p99", _latency(reference)),
        ("Capacity, worked out", sums(guide["capacity"]) if guide.get("capacity") else None),
    ]
    return Sheet(
        title=version.title,
        kind="Case, with its guide",
        lead=plain(version.summary),
        facts=facts(version),
        drawings=(picture,) if picture else (),
        uneven=True,
        sections=tuple(Section(title, (block,)) for title, block in found if block),
        note="Holds the interviewer's guide: not for somebody who is yet to be asked this case.",
    )


def _chain(chain: Mapping[str, str]) -> Table | None:
    rows = tuple((words(f"**{name}**"), words(chain[key])) for key, name in _CHAIN.items() if key in chain)
    return Table((), rows, "ll", (0, 1)) if rows else None


def _decisions(decisions: list[Mapping[str, str]]) -> Table | None:
    rows = tuple((words(one["when"]), words(f"**{one['pick']}**: {one['because']}")) for one in decisions)
    return Table((plain("When"), plain("Pick, because")), rows, "ll", (2, 5)) if rows else None


def _latency(reference: Mapping[str, Any]) -> Table | None:
    """Hop by hop with the running total, the budget last."""
    latency = reference.get("latency")
    if not latency:
        return None
    labels = {node["id"]: node["label"] for node in (reference.get("diagram") or {}).get("nodes", ())}
    rows, total = [], 0.0
    for hop in latency["path"]:
        total += hop["ms"]
        rows.append(
            (plain(labels.get(hop["part"], hop["part"])), plain(number(hop["ms"])), plain(number(total)))
        )
    left = latency["budget_ms"] - total
    budget = words(f"**Budget {number(latency['budget_ms'])} ms**")
    rows.append((budget, plain("left"), words(f"**{number(left)}**")))
    return Table((plain("Part"), plain("ms"), plain("sum")), tuple(rows), "lrr", (1, 0, 0), total=True)
