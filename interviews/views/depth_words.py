"""The report's deeper parts in words: those of the page, and those of a paper."""

from __future__ import annotations

from interviews.queries.depth.chain import ObjectiveChain
from interviews.rules.adaptation import Adaptation
from interviews.templatetags.clock import clock
from interviews.views.steps import names


def adapted_in_words(change: Adaptation) -> tuple[str, tuple[str, ...]]:
    """What came of a changed constraint: when it was taken up, and what changed."""
    if change.nothing:
        return "Nothing in notes or drawing changed after it. What was only said is not recorded.", ()
    first = "" if change.first is None else f"The first change came {clock(change.first)} later."
    return first, (*_noted(change), *_drawn(change))


def _noted(change: Adaptation) -> list[str]:
    said = []
    for note in change.notes:
        more = f"{note.added} word{'' if note.added == 1 else 's'} more" if note.added else ""
        gone = f"{note.removed} gone" if note.removed else ""
        said.append(f"{names().get(note.step, note.step)}: {', '.join(filter(None, (more, gone)))}")
    return said or ["The notes stayed as they were"]


def _drawn(change: Adaptation) -> list[str]:
    said = [
        f"{what}: {', '.join(f'“{label}”' if label else 'a part without a name' for label in labels)}"
        for what, labels in (("Drawn", change.added), ("Taken away", change.removed))
        if labels
    ]
    said += [f"“{old or '(no label)'}” became “{new or '(no label)'}”" for old, new in change.reworded]
    new = f"{change.arrows_added} new" if change.arrows_added else ""
    gone = f"{change.arrows_removed} gone" if change.arrows_removed else ""
    if arrows := ", ".join(filter(None, (new, gone))):
        said.append(f"Arrows: {arrows}")
    return said or ["The drawing stayed as it was"]


def chain_in_words(chain: ObjectiveChain) -> tuple[str, str]:
    """Whether the chain holds or where it breaks, and why."""
    broken, before = chain.chain.broken, chain.chain.before
    if broken is None:
        marked = f" as far as {chain.name} marked it" if chain.name else ""
        return "The chain holds", f"{marked}: each link was worked out for this case."
    place = f"{'Its weakest link is' if broken.state == 'weak' else 'It breaks at'} “{broken.name}”:"
    above = f"“{before.name}”" if before else ""
    if broken.state == "missing":
        why = f" nothing was shown of it{f', so nothing carries {above} further' if above else ''}."
    elif broken.state == "wrong":
        why = f" what was named is known not to answer what stands before it{f', {above}' if above else ''}."
    else:
        tied = f"; nothing ties it to {above}" if above else ""
        why = f" it was named, but could stand in an answer to any case{tied}."
    return place, why
