"""Finds the evidence: how likely each segment is to have earned each item, and the level that it makes likely.

Several small networks over the encoder's states and the words of a segment; what they say is averaged. An item's
level is read from a mean of segments, weighted by how likely each is its evidence, so text that is no evidence
for an item has no say in its level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .encoder import WIDTH, Arrays, gelu, softmax
from .signals import Signals

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
_BARRED = np.float32(-20)
_EPSILON = 1e-5
# Beyond these odds more is no surer, and would overflow.
_SURE = 30


@dataclass(frozen=True, slots=True)
class Found:
    """`odds` segments x items, 0 where a segment cannot count; `levels` items x 3: P(level >= 1, 2, 3)."""

    odds: Floats
    levels: Floats


class Finder:
    """All networks of a model file; `arrays` as training/export.py writes them, numbered by prefix."""

    def __init__(self, arrays: Arrays) -> None:
        terms = bytes(arrays["terms"]).decode("utf-8").split("\n")
        self._terms = {term: number + 1 for number, term in enumerate(terms)}
        self._networks = [
            {
                name.partition(".")[2]: value.astype(np.float32)
                for name, value in arrays.items()
                if name[:2] == f"{i}."
            }
            for i in range(int(arrays["networks"]))
        ]

    def find(self, signals: Signals, counts: Bools, allowed: Bools) -> Found:
        """`counts` n: segments that no guard took out; `allowed` n x items: what may be evidence for what."""
        items = allowed.shape[1]
        odds = np.zeros(allowed.shape, np.float32)
        if not counts.any():
            return Found(odds, np.zeros((items, 3), np.float32))
        known = [[self._terms[t] for t in terms if t in self._terms] for terms in signals.terms]
        said = [_one(network, signals, counts, allowed, known) for network in self._networks]
        odds[counts] = np.mean([evidence for evidence, _ in said], axis=0) * allowed[counts]
        return Found(odds, np.mean([levels for _, levels in said], axis=0))


def _one(
    net: Arrays, signals: Signals, counts: Bools, allowed: Bools, known: Sequence[Sequence[int]]
) -> tuple[Floats, Floats]:
    hidden = _segments(net, signals, counts, known)[counts]
    wide = np.stack([net["wide.weight"][list(k)].sum(axis=0) for k in known])[counts]
    wide = wide + net["fieldb.weight"][signals.fields[counts]]
    evidence = _dense(net, "find", gelu(_dense(net, "mid", hidden))) + wide
    evidence = np.where(allowed[counts], evidence, _BARRED)
    weight = softmax(evidence * np.log1p(np.exp(net["temp"])), axis=0)
    pooled = weight.T @ _dense(net, "val", hidden)
    odds = _sigmoid(evidence)
    grade = _dense(net, "grade", _norm(net, "pre", pooled + net["item.weight"])) + _dense(
        net, "feat", _summary(odds)
    )
    levels = (
        _dense(net, "out", gelu(grade)) + net["bias"] + (pooled * net["itemw"]).sum(axis=1, keepdims=True)
    )
    return odds, _sigmoid(levels)


def _segments(net: Arrays, signals: Signals, counts: Bools, known: Sequence[Sequence[int]]) -> Floats:
    """One row per segment: the strongest answer of its pieces to each question, its mean, its neighbours, its words."""
    n = len(counts)
    weights = net["proj.weight"]
    said = signals.states @ weights[:, :WIDTH].T + net["proj.bias"] + signals.own[:, None] * weights[:, WIDTH]
    strongest = np.zeros((n, weights.shape[0]), np.float32)
    np.maximum.at(strongest, signals.owners, said)
    means = signals.means * counts[:, None]
    context = np.vstack([_dense(net, "ctx", means), np.zeros((1, net["ctx.bias"].size), np.float32)])
    words = np.stack([net["widel.weight"][list(k)].sum(axis=0) for k in known])
    return np.hstack(
        [
            strongest * counts[:, None],
            np.maximum(_dense(net, "meanp", means), 0),
            context[signals.before],
            context[signals.behind],
            net["field.weight"][signals.fields],
            net["kind.weight"][signals.kinds],
            signals.extra,
            words,
        ]
    )


def _summary(odds: Floats) -> Floats:
    """Items x 6: the three best segments, how many there are, and how sure the best one is."""
    padded = np.vstack([odds, np.zeros((3, odds.shape[1]), np.float32)])
    top = np.sort(padded, axis=0)[::-1][:3]
    best = np.clip(top[0], 1e-4, 1 - 1e-4)
    many = (odds > 0.5).sum(axis=0) / 3
    columns = [*top, np.log1p(odds.sum(axis=0)), np.log(best / (1 - best)) / 5, many]
    return np.column_stack(columns).astype(np.float32)


def _dense(net: Arrays, name: str, x: Floats) -> Floats:
    result: Floats = x @ net[f"{name}.weight"].T + net[f"{name}.bias"]
    return result


def _norm(net: Arrays, name: str, x: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    result: Floats = x / np.sqrt(np.square(x).mean(axis=1, keepdims=True) + _EPSILON) * net[f"{name}.weight"]
    return result + net[f"{name}.bias"]


def _sigmoid(x: Floats) -> Floats:
    result: Floats = (1 / (1 + np.exp(-np.clip(x, -_SURE, _SURE)))).astype(np.float32)
    return result
