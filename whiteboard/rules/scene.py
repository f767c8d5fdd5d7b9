"""A board's elements, with what the rules ask of all of them kept up to date: a change costs by its own size."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView

from whiteboard.rules import Element

# What decides under which keys of which index an element stands.
_PLACED_BY = ("index", "isDeleted", "type", "containerId", "startBinding", "endBinding")


class Scene(Mapping[str, Element]):
    """Elements by id, tombstones included. They are replaced by `put`, never changed in place.

    `living` and `weight` are totals; `by_index`, `labels` and `arrows` hold the ids of the elements with an index ("":
    without one), of the living texts in a container, and of the living arrows that are bound to an element.
    """

    def __init__(self, elements: Iterable[Element] = ()) -> None:
        self._elements: dict[str, Element] = {}
        self.living = 0
        self.weight = 0
        self.by_index: dict[str, set[str]] = {}
        self.labels: dict[str, set[str]] = {}
        self.arrows: dict[str, set[str]] = {}
        for element in elements:
            self.put(element)

    def put(self, element: Element) -> None:
        """Let this copy of the element stand."""
        id = element["id"]
        old = self._elements.get(id)
        if old is element:
            return
        self._elements[id] = element
        if old is not None and all(old.get(key) == element.get(key) for key in _PLACED_BY):
            self.weight += weight(element) - weight(old)
            return
        if old is not None:
            self._forget(old)
        self._note(element)

    def __getitem__(self, id: str) -> Element:
        return self._elements[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._elements)

    def __len__(self) -> int:
        return len(self._elements)

    def __contains__(self, id: object) -> bool:
        return id in self._elements

    def get(self, id: str, default: Element | None = None) -> Element | None:  # type: ignore[override]
        return self._elements.get(id, default)

    def values(self) -> ValuesView[Element]:
        return self._elements.values()

    def items(self) -> ItemsView[str, Element]:
        return self._elements.items()

    def _note(self, element: Element) -> None:
        id = element["id"]
        self.living += not element["isDeleted"]
        self.weight += weight(element)
        for places, key in self._places(element):
            places.setdefault(key, set()).add(id)

    def _forget(self, element: Element) -> None:
        id = element["id"]
        self.living -= not element["isDeleted"]
        self.weight -= weight(element)
        for places, key in self._places(element):
            places[key].discard(id)
            if not places[key]:
                del places[key]

    def _places(self, element: Element) -> list[tuple[dict[str, set[str]], str]]:
        """Under which keys of which index an element stands."""
        found = [(self.by_index, element.get("index") or "")]
        if not element["isDeleted"]:
            if element["type"] == "text" and element.get("containerId"):
                found.append((self.labels, element["containerId"]))
            elif element["type"] == "arrow":
                found += [(self.arrows, target) for target in set(ends(element))]
        return found


def ends(arrow: Element) -> list[str]:
    """The ids that an arrow is bound to."""
    bindings = arrow.get("startBinding"), arrow.get("endBinding")
    return [binding["elementId"] for binding in bindings if binding]


def weight(element: Element) -> int:
    """About how many bytes of JSON an element is; only strokes and texts are ever large."""
    return 700 + 40 * len(element.get("points") or ()) + 2 * len(element.get("text") or "")
