"""Figures in the words in which people write them: what a label said, and what a finding says."""

from __future__ import annotations

from whiteboard.system import Numbers

_SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_BYTES = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
_SPANS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def figures(numbers: Numbers) -> list[str]:
    """Each figure as a few words: "20 ms p99", "10k a second", "500 → 60", "every hour"."""
    found = []
    if numbers.latency_ms is not None:
        tail = f" p{numbers.percentile:g}" if numbers.percentile else ""
        found.append(f"{numbers.latency_ms:g} ms{tail}")
    if numbers.per_second is not None:
        found.append(f"{short(numbers.per_second)} a second")
    if numbers.takes is not None and numbers.gives is not None:
        found.append(f"{short(numbers.takes)} → {short(numbers.gives)}")
    elif numbers.takes is not None or numbers.gives is not None:
        found.append(
            f"→ {short(numbers.gives)}" if numbers.gives is not None else f"{short(numbers.takes)} →"
        )
    if numbers.every_s is not None:
        found.append(_every(numbers.every_s))
    if numbers.replicas is not None:
        found.append(f"× {numbers.replicas}")
    if numbers.count is not None:
        found.append(f"{short(numbers.count)} items")
    if numbers.bytes is not None:
        found.append(_scaled(numbers.bytes, _BYTES) or f"{numbers.bytes:g} B")
    return found


def short(number: float | None) -> str:
    """10k, 1.5M; three figures are enough to recognise it."""
    return "" if number is None else _scaled(number, _SCALES) or f"{number:g}"


def _scaled(number: float, scales: tuple[tuple[float, str], ...]) -> str:
    for size, letter in scales:
        if number >= size:
            gap = " " if len(letter) > 1 else ""
            return f"{number / size:.3g}{gap}{letter}"
    return ""


def _every(seconds: float) -> str:
    if seconds == 0:
        return "as it happens"
    return f"every {span(seconds)}"


def span(seconds: float) -> str:
    """A length of time: hour, 15 minutes, 0.5 seconds."""
    size, name = next(((size, name) for size, name in _SPANS if seconds >= size), _SPANS[-1])
    count = round(seconds / size, 1)
    return name if count == 1 else f"{count:g} {name}s"
