"""The primer's cards: their form on disk, and the checks that a schema cannot say. Pure.

cards, faults = read_primer(folder)      # every card that is whole, by slug, and every fault of the others
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from casebank import checklist

from . import documents, picture
from .content import check_quantities, parse
from .documents import Document
from .faults import Fault
from .models import CaseFile, Part, Quantity, Short, Step, Text

BODY_WORDS = range(120, 221)
KINDS = get_args(CaseFile.model_fields["kind"].annotation)
Group = Literal[Step, "language-models"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class CardFile(Part):
    """<slug>.yaml: one idea, on one card. `also` are other names for it, which the search finds too."""

    title: Short
    group: Group
    summary: Short
    also: Annotated[list[Short], Field(max_length=8)] = []
    items: Annotated[list[str], Field(min_length=1, max_length=5)]
    see: Annotated[list[Slug], Field(min_length=1, max_length=5)]
    kinds: Annotated[list[str], Field(max_length=5)] = []
    tags: Annotated[list[Short], Field(max_length=10)] = []
    body: Text
    worked: Annotated[list[Quantity], Field(max_length=8)] = []
    listen_for: Text


@dataclass(frozen=True, slots=True)
class CardContent:
    """A card as its files say it; `picture` is the text of <slug>.svg, or empty."""

    slug: str
    card: CardFile
    picture: str


def read_primer(
    folder: Path, tags: Iterable[str] | None = None
) -> tuple[dict[str, CardContent], list[Fault]]:
    """Every card in the folder by slug, and every fault.

    With `tags`, those of all cases, a card may name no other.
    """
    if not folder.is_dir():
        return {}, [Fault(folder.name, 0, "", "is missing")]
    faults: list[Fault] = []
    read: dict[str, Document] = {}
    cards: dict[str, CardContent] = {}
    drawn = {path.stem for path in folder.glob("*.svg")}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".yaml" and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem):
            read[path.stem] = document = documents.read(path, root=folder.parent)
            drawing, wrong = picture.read(folder / f"{path.stem}.svg", root=folder.parent)
            faults += wrong
            if card := parse(document, CardFile, faults):
                cards[path.stem] = CardContent(path.stem, card, drawing)
        elif path.suffix != ".svg":
            faults.append(Fault(f"{folder.name}/{path.name}", 0, "", "is not a file of a card"))
    faults += [Fault(f"{folder.name}/{one}.svg", 0, "", "has no card") for one in sorted(drawn - read.keys())]
    known_tags = None if tags is None else {tag.casefold() for tag in tags}
    for slug, content in cards.items():
        faults += _check(content, read[slug], known_tags)
        faults += _check_links(content, read, cards)
    return cards, faults


def _check(content: CardContent, document: Document, tags: set[str] | None) -> Iterator[Fault]:
    card = content.card
    words = len(card.body.split())
    if words not in BODY_WORDS:
        yield document.fault(
            ("body",), f"has {words} words; {BODY_WORDS[0]} to {BODY_WORDS[-1]} make a card that is read"
        )
    if re.search(r"\]\(|<\w|https?:", card.body):
        yield document.fault(("body",), "holds a link or HTML; other cards are named in see")
    if not card.worked and not content.picture:
        yield document.fault((), "has neither a worked number nor a picture")
    items = {item.id for item in checklist.load().items}
    yield from _unknown(document, "items", card.items, items.__contains__, "is not an item of the checklist")
    yield from _unknown(document, "kinds", card.kinds, KINDS.__contains__, "is not a kind of case")
    if tags is not None:
        known = tags
        yield from _unknown(
            document, "tags", card.tags, lambda tag: tag.casefold() in known, "is not a tag of any case"
        )
    yield from check_quantities(card.worked, document, "worked")


def _unknown(
    document: Document, key: str, named: list[str], known: Callable[[str], bool], reason: str
) -> Iterator[Fault]:
    for i, one in enumerate(named):
        if not known(one):
            yield document.fault((key, i), f"{one} {reason}")
        elif one in named[:i]:
            yield document.fault((key, i), f"{one} stands here twice")


def _check_links(
    content: CardContent, read: dict[str, Document], cards: dict[str, CardContent]
) -> Iterator[Fault]:
    """A link leads to another card, and to every card leads a link."""
    document = read[content.slug]
    yield from _unknown(document, "see", content.card.see, read.__contains__, "is not a card")
    if content.slug in content.card.see:
        yield document.fault(("see",), "names the card itself")
    if not any(content.slug in other.card.see for other in cards.values() if other is not content):
        yield document.fault((), "is named in no other card's see")
