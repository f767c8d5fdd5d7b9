"""Every address that the product has, read off its own routes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from django.urls import URLPattern, URLResolver, get_resolver

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
Values = Mapping[str, Mapping[str, Sequence[object]]]


def templates() -> list[str]:
    """All routes as they are written, like `sessions/<uuid:pk>/people/<int:seat_id>/`; the admins' are one."""
    found = [re.sub(r"[\^$\\]|\\Z", "", route) for route in _below(get_resolver(), "")]
    return sorted({"admin/" if route.startswith("admin/") else route for route in found})


def filled(template: str, values: Values) -> list[str]:
    """The addresses that a route stands for: with each of its arguments' values, from the longest of the prefixes in
    `values` that the route begins with; none where an argument has no value there."""
    fits = max((prefix for prefix in values if template.startswith(prefix)), key=len, default=None)
    given = values[fits] if fits is not None else {}
    names = _ARGUMENT.findall(template)
    if not set(names) <= given.keys():
        return []
    return [
        "/" + _ARGUMENT.sub(lambda found: str(one[found[1]]), template)  # noqa: B023 (done before the next)
        for chosen in product(*(given[name] for name in names))
        for one in [dict(zip(names, chosen, strict=True))]
    ]


def _below(resolver: URLResolver, before: str) -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield route
        else:
            yield from _below(one, route)
