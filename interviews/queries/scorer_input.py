"""What the scorer reads: a stored submission as the pure value that `interviews.scoring` works on."""

from __future__ import annotations

from dataclasses import replace

from casebank.access import guide_of
from interviews.models import Submission
from interviews.queries.told import FLIPPED, HINTED
from interviews.rules.pictures import words_alone
from interviews.scoring.samples import of_guide
from interviews.scoring.submission import Submission as ScorerInput
from whiteboard import scene
from whiteboard.rules import Element


def scorer_input(submission: Submission) -> ScorerInput:
    """Notes, graph and the case's own words; the interviewer's private things are not among them."""
    version = submission.session.case_version
    case = of_guide(version.case.slug, guide_of(version))
    return ScorerInput(
        id=str(submission.session_id),
        case=replace(case, facts=(*case.facts, *_told(submission))),
        notes={step: words_alone(text) for step, text in submission.notes.items()},
        graph=scene.read(own_drawing(submission)),
    )


def _told(submission: Submission) -> list[str]:
    """Hints and changed constraints: copied into the notes they are the interviewer's words, as facts are."""
    return [event["data"]["text"] for event in submission.events if event["kind"] in (HINTED, FLIPPED)]


def own_drawing(submission: Submission) -> list[Element]:
    """The submitted board less what others drew on it: an interviewer's annotation earns the candidate nothing."""
    return [element for element in submission.board if element["id"] not in submission.annotations]
