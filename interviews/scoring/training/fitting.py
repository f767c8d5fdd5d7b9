"""Fits the finder's networks on examples. The same seed gives the same network, up to rounding between machines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found]
from torch import nn
from torch.nn import functional  # type: ignore[import-not-found]

from . import augmenting
from .examples import AT_MOST_NAMED, UNKNOWN, Example
from .network import Network

EPOCHS = 8
BATCH = 4
RATE = 1.5e-3
# The weights of single words are many and each seldom seen: they learn faster.
WORDS_RATE = 2 * RATE
DECAY = 0.02
# The share of all steps in which the rate rises; then it falls in a line, to this share of it.
WARM_UP, LOWEST = 0.05, 0.01
MARKED_WEIGHT = 2.0
_LONGEST_GRADIENT = 2.0
# Rarer words only tell writers apart: in fewer segments, or fewer answers.
LEAST_SEGMENTS, LEAST_ANSWERS = 4, 3

Said = Callable[[str], None]


def vocabulary(examples: Sequence[Example]) -> dict[str, int]:
    """The words that networks may know, numbered from 1 in alphabetical order."""
    seen: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for example in examples:
        of_segments = Counter(term for terms in example.signals.terms for term in set(terms))
        seen.update(of_segments)
        answers.update(of_segments.keys())
    kept = sorted(term for term, n in seen.items() if n >= LEAST_SEGMENTS and answers[term] >= LEAST_ANSWERS)
    return {term: number for number, term in enumerate(kept, 1)}


def fit(
    examples: Sequence[Example], words: Mapping[str, int], seed: int, said: Said, epochs: int = EPOCHS
) -> dict[str, Any]:
    """The weights of one network as numpy arrays, by the names that the file has. `said` gets a line per epoch."""
    torch.manual_seed(seed)
    random = Random(seed)  # noqa: S311 - a fixed draw
    network = Network(len(words), examples[0].marked.shape[1])
    network.train()
    optimiser, rates = _optimiser(network)
    steps, step = epochs * math.ceil(len(examples) / BATCH), 0
    for epoch in range(epochs):
        order = list(range(len(examples)))
        random.shuffle(order)
        losses = []
        for start in range(0, len(order), BATCH):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * _share(step / steps)
            batch = [augmenting.changed(examples[i], examples, random) for i in order[start : start + BATCH]]
            found = [loss(network, example, words, random) for example in batch if example.counts.any()]
            if found:
                total = torch.stack(found).sum() / BATCH
                total.backward()
                nn.utils.clip_grad_norm_(network.parameters(), _LONGEST_GRADIENT)
                optimiser.step()
                optimiser.zero_grad()
                losses.append(total.item())
            step += 1
        said(f"network {seed}, epoch {epoch + 1} of {epochs}: loss {sum(losses) / max(1, len(losses)):.3f}")
    return {name: value.numpy() for name, value in network.state_dict().items()}


def odds(weights: Mapping[str, Any], words: Mapping[str, int], example: Example) -> Any:
    """What one fitted network says as torch runs it: segments x items, 0 where a segment cannot count."""
    network = Network(len(words), example.marked.shape[1])
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    network.eval()
    with torch.no_grad():
        evidence, _ = network(example, words)
    found = np.zeros(example.allowed.shape, np.float32)
    found[example.counts] = torch.sigmoid(evidence).numpy() * example.allowed[example.counts]
    return found


def loss(network: Network, example: Example, words: Mapping[str, int], random: Random) -> Any:
    """Cross-entropy of evidence (summed over items, mean of segments) and of levels (summed over the three
    thresholds, mean of the items that the labels tell)."""
    evidence, levels = network(example, words, random)
    counts = torch.from_numpy(example.counts)
    marked = torch.from_numpy(example.marked)[counts]
    # The labels' levels, not those of a copy that lost evidence: what else was said may still be unmarked evidence.
    shown = torch.tensor([float(level > 0) for level in example.sample.levels.values()])
    doubtful = shown[None] * (1 - marked) > 0
    weight = torch.where(doubtful, example.unmarked, 1.0) * torch.where(marked > 0, MARKED_WEIGHT, 1.0)
    weight = weight * torch.from_numpy(example.allowed)[counts]
    of_evidence = functional.binary_cross_entropy_with_logits(evidence, marked, reduction="none") * weight
    return (
        of_evidence.sum() / len(evidence) + _of_levels(levels, torch.from_numpy(example.levels))
    ) * example.weight


def _of_levels(levels: Any, gold: Any) -> Any:
    wanted = torch.stack([(gold > bound).float() for bound in range(3)], 1)
    each = functional.binary_cross_entropy_with_logits(levels, wanted, reduction="none")
    named = gold == AT_MOST_NAMED
    # Whether such an item is named at all is not known: the first threshold has no say.
    told = ((gold != UNKNOWN) & ~named)[:, None].float() + named[:, None] * torch.tensor([0.0, 1.0, 1.0])
    items = (gold != UNKNOWN).sum().clamp(min=1)
    return (each * told).sum() / items


def _optimiser(network: Network) -> tuple[Any, tuple[float, float]]:
    wide = [value for name, value in network.named_parameters() if name.startswith("wide.")]
    rest = [value for name, value in network.named_parameters() if not name.startswith("wide.")]
    groups = [{"params": rest}, {"params": wide}]
    return torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98)), (RATE, WORDS_RATE)


def _share(done: float) -> float:
    return min(1.0, done / WARM_UP) * max(LOWEST, 1 - done)
