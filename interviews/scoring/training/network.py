"""One of the finder's networks, as it is trained; interviews/scoring/finder.py runs the same in numpy.

A segment is told by the strongest answer of its pieces to each of HIDDEN questions, its mean, its neighbours, its
place, its words. From that come its evidence for each item (a small network and one weight per word), and what it
says of levels. An item's level is read from a mean over segments, weighted by their evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found]
from torch import nn
from torch.nn import functional  # type: ignore[import-not-found]

from interviews.scoring.encoder import WIDTH
from interviews.scoring.passages import FIELDS, MOST_PER_SEGMENT
from interviews.scoring.signals import EXTRA, KINDS

from .examples import Example, Ints

HIDDEN, CONTEXT, GRADE = 256, 64, 128
WORDS, FIELD, KIND = 24, 32, 8
DROPOUT = 0.3
# The share of a segment's words that it loses while the network learns.
WORDS_LOST = 0.1
_BARRED = -20.0
_SUMMARY = 6


class Network(nn.Module):  # type: ignore[misc]
    """`terms`: how many words it knows; number 0 stands for none. The names of its parts are those of the file."""

    def __init__(self, terms: int, items: int) -> None:
        super().__init__()
        segment = 2 * HIDDEN + 2 * CONTEXT + FIELD + KIND + EXTRA + WORDS
        self.wide = nn.EmbeddingBag(terms + 1, items, mode="sum", padding_idx=0)
        self.widel = nn.EmbeddingBag(terms + 1, WORDS, mode="sum", padding_idx=0)
        self.proj = nn.Linear(WIDTH + 1, HIDDEN)
        self.meanp = nn.Linear(WIDTH, HIDDEN)
        self.ctx = nn.Linear(WIDTH, CONTEXT)
        self.field = nn.Embedding(len(FIELDS), FIELD)
        self.kind = nn.Embedding(len(KINDS), KIND)
        self.mid = nn.Linear(segment, HIDDEN)
        self.find = nn.Linear(HIDDEN, items)
        self.fieldb = nn.Embedding(len(FIELDS), items)
        self.val = nn.Linear(segment, HIDDEN)
        self.item = nn.Embedding(items, HIDDEN)
        self.pre = nn.LayerNorm(HIDDEN)
        self.grade = nn.Linear(HIDDEN, GRADE)
        self.feat = nn.Linear(_SUMMARY, GRADE)
        self.out = nn.Linear(GRADE, 3)
        # Where each level usually begins; evidence is rare.
        self.bias = nn.Parameter(torch.tensor([1.0, -1.0, -3.0]).repeat(items, 1))
        self.itemw = nn.Parameter(torch.zeros(items, HIDDEN))
        self.temp = nn.Parameter(torch.tensor(0.5))
        nn.init.constant_(self.find.bias, -3.0)
        for zero in (self.wide, self.fieldb):
            nn.init.zeros_(zero.weight)
        nn.init.normal_(self.widel.weight, std=0.02)
        nn.init.normal_(self.item.weight, std=0.1)

    def forward(
        self, example: Example, vocabulary: Mapping[str, int], random: Random | None = None
    ) -> tuple[Any, Any]:
        """For the k segments that count: evidence k x items and levels items x 3, both as logits.

        With `random`, segments lose some of their words.
        """
        counts = torch.from_numpy(example.counts)
        hidden, wide = self._segments(example, counts, *_bag(example, vocabulary, random))
        hidden = self._drop(hidden[counts])
        allowed = torch.from_numpy(example.allowed)[counts]
        evidence = self.find(self._drop(_gelu(self.mid(hidden)))) + wide[counts]
        barred = evidence.masked_fill(~allowed, _BARRED)
        weight = torch.softmax(barred * functional.softplus(self.temp), 0)
        pooled = weight.T @ self.val(hidden)
        grade = self.grade(self._drop(self.pre(pooled + self.item.weight))) + self.feat(
            _summary(torch.sigmoid(barred))
        )
        own = (self._drop(pooled) * self.itemw).sum(1, keepdim=True)
        return evidence, self.out(self._drop(_gelu(grade))) + self.bias + own

    def _segments(self, example: Example, counts: Any, terms: Any, starts: Any) -> tuple[Any, Any]:
        """n x what a segment is told by, and n x items: what its words and its field say by themselves."""
        seen = example.signals
        known = counts[:, None]
        weights, states = self.proj.weight, torch.from_numpy(seen.states).float()
        said = functional.linear(states, weights[:, :WIDTH], self.proj.bias)
        said = functional.relu(said + torch.from_numpy(seen.own)[:, None] * weights[:, WIDTH])
        places = torch.from_numpy(_places(seen.owners, len(counts)))
        strongest = torch.cat([said, torch.zeros(1, HIDDEN)])[places].amax(1) * known
        means = torch.from_numpy(seen.means) * known
        # The row behind the last one is the neighbour of those that have none.
        context = torch.cat([self.ctx(means), torch.zeros(1, CONTEXT)])
        fields = torch.from_numpy(seen.fields)
        told = [
            strongest,
            functional.relu(self.meanp(self._drop(means))),
            context[torch.from_numpy(seen.before)],
            context[torch.from_numpy(seen.behind)],
            self.field(fields),
            self.kind(torch.from_numpy(seen.kinds)),
            torch.from_numpy(seen.extra),
            self.widel(terms, starts),
        ]
        return torch.cat(told, 1), self.wide(terms, starts) + self.fieldb(fields)

    def _drop(self, x: Any) -> Any:
        return functional.dropout(x, DROPOUT, self.training)


def _places(owners: Ints, segments: int) -> Ints:
    """Segments x longest: where the pieces of each segment stand, filled with the number of pieces.

    A segment's pieces stand together.
    """
    length = np.minimum(np.bincount(owners, minlength=segments), MOST_PER_SEGMENT + 1)
    first = np.full(segments, len(owners))
    first[owners[::-1]] = np.arange(len(owners))[::-1]
    step = np.arange(max(1, length.max(initial=0)))
    return np.where(step < length[:, None], first[:, None] + step, len(owners))


def _bag(example: Example, vocabulary: Mapping[str, int], random: Random | None) -> tuple[Any, Any]:
    """The numbers of all segments' words in a row, and where each segment begins."""
    terms: list[int] = []
    starts = []
    for segment in example.signals.terms:
        starts.append(len(terms))
        terms += [
            vocabulary[term]
            for term in segment
            if term in vocabulary and (random is None or random.random() >= WORDS_LOST)
        ]
    return torch.tensor(terms, dtype=torch.long), torch.tensor(starts, dtype=torch.long)


def _summary(odds: Any) -> Any:
    """Items x 6: the three best segments, how many there are, and how sure the best one is."""
    top = torch.topk(torch.cat([odds, torch.zeros(3, odds.shape[1])]), 3, 0).values
    sure = torch.logit(top[0].clamp(1e-4, 1 - 1e-4)) / 5
    return torch.stack([*top, torch.log1p(odds.sum(0)), sure, (odds > 0.5).float().sum(0) / 3], 1)


def _gelu(x: Any) -> Any:
    return functional.gelu(x, approximate="tanh")
