"""Who is answered what at every address, and that what is somebody else's looks like what does not exist.

`matrix.txt` is the table; it is held against the routes that Django has, so a new route without its rows fails here.
"""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import routes
from tests.access.asking import FOREIGN, METHODS, MISSING, Scene, theirs, variants
from tests.access.stage import LIVE

TABLE = Path(__file__).with_name("matrix.txt")
HTMX = {"HX-Request": "true"}
# Each part is a test of its own, so that workers share them.
PARTS = 12


class Row(NamedTuple):
    """What one way of asking is answered: to each of the cast about what is theirs, and to all about what is not."""

    when: str
    statuses: tuple[str, ...]
    elsewhere: str


def table() -> dict[tuple[str, str], Row]:
    """{(route, method): row}, as the file says."""
    found = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            route, method, when, *statuses, elsewhere = line.split()
            found["" if route == "/" else route, method] = Row(when, tuple(statuses), elsewhere)
    return found


EXPECTED = table()


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.asvs("8.2.1")
def test_every_address_answers_as_the_table_says(part: int, scene: Scene) -> None:
    found = {}
    for route in routes.templates()[part::PARTS]:
        for method in METHODS[: 2 if route.startswith("accounts/") else None]:  # allauth's answer to any
            when = EXPECTED[route, method].when if (route, method) in EXPECTED else LIVE
            if row := row_of(scene, route, method, when):
                found[route, method] = row
    ours = set(routes.templates()[part::PARTS])
    expected = {key: row for key, row in EXPECTED.items() if key[0] in ours}
    both = sorted(found.keys() | expected.keys())
    wrong = [
        f"{sign} {written(key, rows[key])}"
        for key in both
        for sign, rows in (("-", expected), ("+", found))
        if key in rows and found.get(key) != expected.get(key)
    ]
    assert not wrong, "\n".join(["matrix.txt says (-), and so it is (+):", *wrong])


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.asvs("8.2.2", "8.4.1")
def test_what_is_somebody_elses_looks_like_what_does_not_exist(part: int, scene: Scene) -> None:
    def read(address: str, who: str, method: str, headers: dict[str, str] | None) -> list[str]:
        """The lines of the answer, without the address that was asked for."""
        text = scene.ask(who, method, address, headers).text
        for one in re.split(r"[/.]", address):
            text = text.replace(one, "#" * len(one)) if len(one) > 5 else text
        return text.splitlines()

    asked = 0
    for (route, method), row in sorted(EXPECTED.items())[part::PARTS]:
        for kinds in variants(route):
            for who, headers in ((who, headers) for who in scene.cast for headers in (None, HTMX)):
                if headers and who not in ("stranger", "candidate"):
                    continue
                foreign, missing = (
                    read(scene.address(route, row.when, dict.fromkeys(kinds, kind)), who, method, headers)
                    for kind in (FOREIGN, MISSING)
                )
                apart = list(unified_diff(foreign, missing, "foreign", "missing", n=0, lineterm=""))
                assert not apart, "\n".join([f"{who}: {method} {route}, {kinds}", *apart])
                asked += 2
    assert asked > 100


def test_no_form_is_taken_from_another_site(scene: Scene) -> None:
    forged = scene.forger("candidate")
    posts = [route for route, method in EXPECTED if method == "POST" and not route.startswith("accounts/")]
    assert len(posts) > 90
    # 415: the token is looked for in a form that this kind of body does not hold.
    assert [
        route
        for route in posts
        if forged(scene.address(route, EXPECTED[route, "POST"].when)) not in (403, 415)
    ] == []


def test_the_table_names_no_route_that_is_gone() -> None:
    assert {route for route, _ in EXPECTED} - set(routes.templates()) == set()


def test_a_table_that_lacks_a_row_is_noticed(scene: Scene) -> None:
    """What the first test rests on: a route that is not in the table gives a row that is not in it either."""
    key = ("sessions/<uuid:pk>/guide/", "GET")
    assert row_of(scene, *key, LIVE) == EXPECTED[key]
    assert EXPECTED[key].statuses == ("in", "403", "200", "403", "404", "404", "404")


def row_of(scene: Scene, route: str, method: str, when: str) -> Row | None:
    """What is answered there; None where this method is not taken."""
    address = scene.address(route, when)
    if (
        scene.ask("stranger", method, address).status
        == scene.ask("candidate", method, address).status
        == "405"
    ):
        return None
    statuses = tuple(scene.ask(who, method, address).status for who in scene.cast)
    if not theirs(route):
        return Row(when, statuses, "-")
    foreign = scene.address(route, when, FOREIGN)
    elsewhere = [scene.ask(who, method, foreign).status for who, user in scene.cast.items() if user]
    return Row(when, statuses, "/".join(sorted(set(elsewhere))))


def written(key: tuple[str, str], row: Row) -> str:
    """A line of the table."""
    route, method = key
    statuses = " ".join(f"{one:>3}" for one in row.statuses)
    return f"{route or '/':<62} {method:<6} {row.when:<5} {statuses}  {row.elsewhere}"
