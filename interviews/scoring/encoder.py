"""A small transformer in numpy: passages in, one vector per word piece out.

The architecture is BERT's (Devlin et al. 2018, arXiv 1810.04805); the weights are all-MiniLM-L6-v2's (Wang et al. 2020,
arXiv 2002.10957; Reimers and Gurevych 2019, arXiv 1908.10084), as bytes with one scale per row, read back to 32-bit
floats. An inference engine would be faster and costs more memory than the whole worker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .passages import Passage

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]
LAYERS = 6
HEADS = 12
# The layers whose answers are kept: the middle one knows words, the last one meaning.
KEPT = (2, 5)
WIDTH = 384 * len(KEPT)
# Passages are read in batches of at most so many pieces, padding included: what the processor's cache holds.
BATCH = 256
_EPSILON = 1e-12
_FAR = np.float32(-1e4)


class Encoder:
    """The encoder with its weights; `arrays` as training/encoder.py writes them."""

    def __init__(self, arrays: Arrays) -> None:
        self._word, self._word_scale = arrays["word"], arrays["word.scale"].astype(np.float32)
        self._position = arrays["position"].astype(np.float32)
        self._first = _Norm(arrays, "first")
        self._layers = [_Layer(arrays, f"layer{i}.") for i in range(LAYERS)]

    def states(self, passages: Sequence[Passage]) -> list[Floats]:
        """For each passage, pieces x WIDTH: what the kept layers say of each piece, with mean 0 and deviation 1."""
        found: list[Floats] = [np.zeros((0, WIDTH), np.float32)] * len(passages)
        for batch in _batches(passages):
            states = self._read([passages[i] for i in batch])
            for row, index in enumerate(batch):
                found[index] = states[row, : len(passages[index].pieces)]
        return found

    def _read(self, batch: Sequence[Passage]) -> Floats:
        """passages x pieces x WIDTH."""
        longest = max(len(passage.pieces) for passage in batch)
        pieces = np.zeros((len(batch), longest), np.int64)
        for row, passage in enumerate(batch):
            pieces[row, : len(passage.pieces)] = passage.pieces
        far = np.where(pieces == 0, _FAR, np.float32(0))[:, None, None, :]
        x = self._word[pieces].astype(np.float32) * self._word_scale[pieces][..., None]
        x = self._first(x + self._position[:longest])
        kept = []
        for number, layer in enumerate(self._layers):
            x = layer(x, far)
            if number in KEPT:
                kept.append(x)
        states = np.concatenate(kept, axis=-1)
        states -= states.mean(axis=-1, keepdims=True)
        states /= np.maximum(states.std(axis=-1, ddof=1, keepdims=True), np.float32(1e-5))
        return states


class _Norm:
    def __init__(self, arrays: Arrays, name: str) -> None:
        self._scale, self._shift = (
            arrays[f"{name}.{part}"].astype(np.float32) for part in ("scale", "shift")
        )

    def __call__(self, x: Floats) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + _EPSILON)
        result: Floats = x / spread * self._scale + self._shift
        return result


class _Dense:
    def __init__(self, arrays: Arrays, name: str) -> None:
        scale = arrays[f"{name}.scale"].astype(np.float32)
        self._weights = np.ascontiguousarray((arrays[name].astype(np.float32) * scale[:, None]).T)
        self._bias = arrays[f"{name}.bias"].astype(np.float32)

    def __call__(self, x: Floats) -> Floats:
        flat = x.reshape(-1, x.shape[-1]) @ self._weights
        flat += self._bias
        return flat.reshape(*x.shape[:-1], -1)


class _Layer:
    def __init__(self, arrays: Arrays, name: str) -> None:
        self._qkv, self._out = _Dense(arrays, f"{name}qkv"), _Dense(arrays, f"{name}o")
        self._up, self._down = _Dense(arrays, f"{name}up"), _Dense(arrays, f"{name}down")
        self._first, self._second = _Norm(arrays, f"{name}ln1"), _Norm(arrays, f"{name}ln2")

    def __call__(self, x: Floats, far: Floats) -> Floats:
        x = self._first(x + self._out(self._attend(x, far)))
        return self._second(x + self._down(gelu(self._up(x))))

    def _attend(self, x: Floats, far: Floats) -> Floats:
        rows, pieces, width = x.shape
        size = width // HEADS
        split = self._qkv(x).reshape(rows, pieces, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
        query, key, value = split[0] * np.float32(size**-0.5), split[1], split[2]
        weight = softmax(query @ key.transpose(0, 1, 3, 2) + far)
        result: Floats = (weight @ value).transpose(0, 2, 1, 3).reshape(rows, pieces, width)
        return result


def softmax(x: Floats, axis: int = -1) -> Floats:
    """Weights that sum to 1 along the axis."""
    raised = np.exp(x - x.max(axis=axis, keepdims=True))
    result: Floats = raised / raised.sum(axis=axis, keepdims=True)
    return result


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit by its usual approximation (Hendrycks and Gimpel 2016, arXiv 1606.08415)."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(np.sqrt(2 / np.pi))
    result: Floats = np.float32(0.5) * x * (1 + np.tanh(inner))
    return result


def _batches(passages: Sequence[Passage]) -> Iterator[list[int]]:
    """Indexes of passages of like length together."""
    batch: list[int] = []
    for index in sorted(range(len(passages)), key=lambda i: len(passages[i].pieces)):
        if batch and (len(batch) + 1) * len(passages[index].pieces) > BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
