"""The finder's file: half-precision arrays of all networks, and the words that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def arrays(networks: Sequence[Mapping[str, Any]], words: Mapping[str, int]) -> dict[str, Any]:
    """What interviews/scoring/finder.py reads: "0.mid.weight" and so on, `terms` in order of their numbers from 1 as
    UTF-8 with a line break between, and how many `networks` there are."""
    found: dict[str, Any] = {
        f"{number}.{name}": np.asarray(value).astype(np.float16)
        for number, weights in enumerate(networks)
        for name, value in weights.items()
    }
    terms = "\n".join(sorted(words, key=lambda term: words[term]))
    found["terms"] = np.frombuffer(terms.encode("utf-8"), dtype=np.uint8)
    found["networks"] = np.array(len(networks))
    return found
