"""Who is left out of what, so that nothing is judged by what has seen it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from random import Random

from .examples import Example

# For the grader: kinds of writer among the samples, sets of the corpus.
SAMPLE_FOLDS, CORPUS_FOLDS = 5, 2
# For figures; of both at once, each pair of a group of cases and one of writers is a training of its own.
FOLDS, FOLDS_OF_BOTH = 5, 3
GROUPS: dict[str, Callable[[Example], str]] = {
    "case": lambda example: example.case,
    "profile": lambda example: example.sample.profile,
}

Examples = list[Example]


def unseen(samples: Sequence[Example], corpus: Sequence[Example]) -> Iterator[tuple[Examples, Examples]]:
    """Examples left out, and examples to train on; each example is left out once."""
    profiles = parted(map(GROUPS["profile"], samples), SAMPLE_FOLDS)
    for fold in sorted(set(profiles.values())):
        chosen = [profile for profile, mine in profiles.items() if mine == fold]
        outside, inside = _split(samples, GROUPS["profile"], chosen)
        yield outside, [*inside, *corpus]
    sets = sorted({set_of(e) for e in corpus})
    for chosen in filter(None, (sets[fold::CORPUS_FOLDS] for fold in range(CORPUS_FOLDS))):
        outside, inside = _split(corpus, set_of, chosen)
        yield outside, [*inside, *samples]


def apart(
    kind: str, samples: Sequence[Example], corpus: Sequence[Example]
) -> Iterator[tuple[Examples, Examples, Examples]]:
    """Samples to judge, samples to train on, corpus to train on; each sample is judged once. `kind` is one of GROUPS,
    or "both": then nothing to train on shares a case or a kind of writer with the group that is judged."""
    groups = list(GROUPS.values()) if kind == "both" else [GROUPS[kind]]
    count = FOLDS_OF_BOTH if kind == "both" else FOLDS
    axes = [(group, parted(map(group, samples), count)) for group in groups]

    def inside(example: Example, chosen: tuple[int, ...]) -> list[bool]:
        return [folds.get(group(example)) == fold for (group, folds), fold in zip(axes, chosen, strict=True)]

    for chosen in product(range(count), repeat=len(axes)):
        judged = [e for e in samples if all(inside(e, chosen))]
        rest, answers = ([e for e in some if not any(inside(e, chosen))] for some in (samples, corpus))
        if judged:
            yield judged, rest, answers


def parted(names: Iterable[str], count: int) -> dict[str, int]:
    """Each name's fold, by a fixed draw."""
    known = sorted(set(names))
    Random(1).shuffle(known)  # noqa: S311 - a fixed draw
    return {name: i % count for i, name in enumerate(known)}


def set_of(example: Example) -> str:
    """The set that a corpus answer was written in, by the beginning of its id."""
    return example.id.partition("-")[0]


def _split(
    examples: Sequence[Example], group: Callable[[Example], str], chosen: Sequence[str]
) -> tuple[Examples, Examples]:
    return [e for e in examples if group(e) in chosen], [e for e in examples if group(e) not in chosen]
