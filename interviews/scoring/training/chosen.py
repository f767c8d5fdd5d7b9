"""What no fit decides: chosen by hand on predictions of samples that were left out (docs/scoring.md)."""

from __future__ import annotations

# A segment below this is evidence for nothing: in the field of the item's own step, and elsewhere.
FLOORS = (0.06, 0.25)
# Between levels 0, 1, 2 and 3, on the grader's scale.
CUTS = (0.7, 1.4, 2.2)
# Between verdicts 1, 2, 3 and 4, on the mean level.
VERDICTS = (1.0, 1.4, 1.8)
