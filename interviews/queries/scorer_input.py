"""What the scorer reads: a stored submission as the pure value that `interviews.scoring` works on."""

from __future__ import annotations

from casebank.access import guide_of
from interviews.models import Submission
from interviews.scoring.submission import CaseTerms
from interviews.scoring.submission import Submission as ScorerInput
from whiteboard import scene


def scorer_input(submission: Submission) -> ScorerInput:
    """Notes, graph and the case's own words; the interviewer's private things are not among them."""
    version = submission.session.case_version
    return ScorerInput(
        id=str(submission.session_id),
        case=CaseTerms(slug=version.case.slug, entities=tuple(guide_of(version).get("entities", ()))),
        notes=submission.notes,
        graph=scene.read(submission.board),
    )
