"""The case bank's own solutions, which no model has read: they score high, or the case or the scorer is wrong."""

from __future__ import annotations

import pytest
import yaml

from interviews.scoring import samples
from interviews.scoring.scorer import score
from interviews.scoring.submission import STEPS, Submission
from whiteboard.formats import portable

REFERENCES = {path.parent.name: path for path in sorted(samples.CASES.glob("*/reference.yaml"))}
# Of all points that there are. 18 of 20 reach 0.85; these two are the least.
LEAST = {"harmful-content": 0.7, "street-view-blurring": 0.75}


@pytest.mark.parametrize("slug", REFERENCES)
def test_a_reference_solution_scores_high(slug: str) -> None:
    data = yaml.safe_load(REFERENCES[slug].read_text(encoding="utf-8"))
    notes = {step: data["steps"][step] for step in STEPS}
    sheet = score(Submission(slug, samples.terms_of(slug), notes, portable.parse(data["diagram"])))
    share = sum(item.level for item in sheet.items.values()) / (3 * len(sheet.items))
    assert share >= LEAST.get(slug, 0.8)
    assert sheet.overall == 4
