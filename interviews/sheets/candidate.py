"""The sheet of a case that everybody may have: made from the candidate's half, and from what holds for every case.

Nothing here reads a guide, nor can: a case version leads to none.
"""

from __future__ import annotations

from casebank.frameworks import Framework
from casebank.models import CaseVersion
from interviews.sheets.draw import drawing, two_loops
from interviews.sheets.frameworks import reminders, steps
from interviews.sheets.sheet import Section, Sheet
from interviews.sheets.words import blocks, plain


def candidate_sheet(version: CaseVersion, framework: Framework) -> Sheet:
    """The prompt, and the checklist read through a framework. `version` is one that the reader may see."""
    begins = drawing(
        version.starter, alt="What stands already", caption="What stands already, to begin with.", share=0.24
    )
    return Sheet(
        title=version.title,
        kind="Case",
        lead=plain(version.summary),
        facts=facts(version),
        drawings=(begins or two_loops(),),
        sections=(
            Section("The prompt", blocks(version.prompt), loop="online"),
            *steps(framework),
            reminders(),
        ),
        note=f"Read through the {framework.name.lower()}. The interviewer's facts are found out by asking.",
    )


def facts(version: CaseVersion) -> tuple[str, ...]:
    """Level, task, minutes and the first tags, as they stand beneath the title."""
    return (
        version.level.capitalize(),
        version.kind.capitalize(),
        f"{version.minutes} min",
        *map(str, version.tags[:3]),
    )
