"""The cheapest way to give each row a column of its own (the Hungarian method, in rows^3 steps)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def cheapest(cost: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row of a square table, so that the sum of costs is least; costs are finite."""
    size = len(cost)
    by_row, by_column = [0.0] * (size + 1), [0.0] * (size + 1)
    row_of = [0] * (size + 1)  # of each column, counted from 1; 0 is none
    for row in range(1, size + 1):
        row_of[0], column = row, 0
        least, way, used = [inf] * (size + 1), [0] * (size + 1), [False] * (size + 1)
        while row_of[column]:
            used[column] = True
            here, step, nearest = row_of[column], inf, 0
            for other in range(1, size + 1):
                if used[other]:
                    continue
                reduced = cost[here - 1][other - 1] - by_row[here] - by_column[other]
                if reduced < least[other]:
                    least[other], way[other] = reduced, column
                if least[other] < step:
                    step, nearest = least[other], other
            for other in range(size + 1):
                if used[other]:
                    by_row[row_of[other]] += step
                    by_column[other] -= step
                else:
                    least[other] -= step
            column = nearest
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    columns = [0] * size
    for column in range(1, size + 1):
        columns[row_of[column] - 1] = column - 1
    return columns
