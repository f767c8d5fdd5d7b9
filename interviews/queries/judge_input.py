"""What the judge is shown of a stored submission, and whether it has judged it already."""

from __future__ import annotations

from interviews.judging import prompt
from interviews.judging.endpoint import Endpoint
from interviews.judging.material import Material, material
from interviews.models import ScoreSheet, Submission
from interviews.queries.scorer_input import own_drawing
from interviews.rules.pictures import words_alone
from whiteboard import scene


def judge_input(submission: Submission) -> Material:
    """The candidate's half of the case, the notes and the candidate's own drawing; nothing of the guide, so that no
    answer can tell of it, and nothing that anybody else wrote or drew."""
    version = submission.session.case_version
    return material(
        title=version.title,
        task=version.prompt,
        notes={step: words_alone(text) for step, text in submission.notes.items()},
        graph=scene.read(own_drawing(submission)),
    )


def version_of(endpoint: Endpoint) -> str:
    """What makes a sheet: prompt and model."""
    return f"{prompt.VERSION} {endpoint.model}"


def judged_by(submission: Submission, version: str) -> bool:
    """Whether there is a sheet of this version."""
    return submission.sheets.filter(source=ScoreSheet.Source.JUDGE, scorer_version=version).exists()
