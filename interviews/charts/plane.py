"""Where a value stands in a chart of one step across per session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BOTTOM = 22.0, 8.0, 8.0, 22.0
# The dates' own line, up from the foot.
DATES = 6.0


@dataclass(frozen=True, slots=True)
class Plane:
    """`width` x `height` in units of a viewBox; `low` to `high` go up the side, `count` steps across."""

    low: float
    high: float
    count: int
    width: float = 360.0
    height: float = 200.0

    @property
    def left(self) -> float:
        """Where lines across begin; what stands beside the axis is left of it."""
        return LEFT

    @property
    def right(self) -> float:
        """Where lines across end."""
        return self.width - RIGHT

    @property
    def floor(self) -> float:
        """The baseline of what stands under the chart."""
        return self.height - DATES

    def x(self, place: int) -> float:
        """The middle of step `place`, from 0."""
        return round(LEFT + (self.right - LEFT) * (place + 0.5) / self.count, 1)

    def y(self, value: float) -> float:
        """The height of a value, downwards as SVG counts."""
        return round(TOP + (self.height - TOP - BOTTOM) * (self.high - value) / (self.high - self.low), 1)

    def points(self, values: Sequence[float]) -> list[str]:
        """One value per step, as a polyline has them."""
        return [f"{self.x(place)},{self.y(value)}" for place, value in enumerate(values)]
