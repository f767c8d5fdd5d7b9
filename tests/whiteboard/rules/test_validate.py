from __future__ import annotations

import random
from typing import Any

import orjson
import pytest

from tests.whiteboard.drawing import arrow, box, shape, text
from whiteboard.rules import validate
from whiteboard.rules.validate import Problem, element

ARROW = {
    **arrow("a1", "b1", "b2"),
    "endBinding": {"elementId": "b2", "focus": 0.1, "gap": 5, "fixedPoint": [0.5, 1]},
    "elbowed": True,
    "fixedSegments": [{"start": [0, 0], "end": [10, 0], "index": 2}],
    "startIsSpecial": None,
    "endIsSpecial": False,
    "lastCommittedPoint": None,
}
FREEDRAW = shape(
    "f1",
    "freedraw",
    points=[[0, 0], [1.5, 2]],
    pressures=[0.5],
    simulatePressure=True,
    lastCommittedPoint=[1, 2],
)
TEXT = text(
    "t1", "Feature\nstore", "b1", fontSize=20, fontFamily=6, textAlign="center", verticalAlign="middle",
    lineHeight=1.25, autoResize=True,
)  # fmt: skip
STYLED = box(
    "b1",
    angle=0.3,
    strokeColor="#1e1e1e",
    backgroundColor="transparent",
    fillStyle="solid",
    strokeWidth=2,
    strokeStyle="dashed",
    roughness=0,
    opacity=80,
    seed=123456,
    groupIds=["g1"],
    frameId="fr1",
    roundness={"type": 3, "value": 8},
    boundElements=[{"id": "t1", "type": "text"}, {"id": "a1", "type": "arrow"}],
    updated=1_790_000_000_000,
    link="https://example.com/",
    locked=True,
    customData={"part": "feature-store"},
)


@pytest.mark.parametrize(
    "given", [STYLED, ARROW, FREEDRAW, TEXT, shape("fr1", "frame", name="Online"), shape("e1", "ellipse")]
)
def test_what_the_editor_makes_passes_whole(given: dict[str, Any]) -> None:
    assert element(given) == given


@pytest.mark.parametrize(
    "kind", ["iframe", "embeddable", "image", "magicframe", "selection", "", None, 3, ["x"]]
)
def test_types_that_run_foreign_pages_or_that_we_do_not_know_are_refused(kind: object) -> None:
    found = element({**box("b1"), "type": kind})
    assert isinstance(found, Problem)
    assert (found.element, found.key) == ("b1", "type")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.com",
        "http://a\x00b",
        "https://a\u2028b",
        "h" * 3_000,
        7,
    ],
)
@pytest.mark.asvs("1.2.2")
def test_links_open_only_web_pages_and_mail(link: object) -> None:
    found = element(box("b1", link=link))
    assert isinstance(found, Problem)
    assert found.key == "link"


@pytest.mark.parametrize(
    "link", ["HTTP://example.com", "https://example.com/?q=ü", "mailto:ben@example.com", None]
)
def test_ordinary_links_stand(link: str | None) -> None:
    assert element(box("b1", link=link)) == box("b1", link=link)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "a b"),
        ("id", "x" * 65),
        ("id", "<script>"),
        ("version", -1),
        ("version", 2**31),
        ("version", 1.5),
        ("version", True),
        ("versionNonce", "1"),
        ("index", "zz-bad"),
        ("index", "zz"),
        ("index", 4),
        ("isDeleted", 0),
        ("x", float("nan")),
        ("x", float("inf")),
        ("y", 1e300),
        ("width", "100"),
        ("height", None),
        ("height", 10**400),
        ("strokeColor", "url(https://example.com)"),
        ("strokeColor", 'red" onload="x'),
        ("backgroundColor", "#12"),
        ("fillStyle", "none"),
        ("strokeWidth", 0.0001),
        ("opacity", 101),
        ("groupIds", ["g"] * 21),
        ("groupIds", [[]]),
        ("frameId", {}),
        ("roundness", {"value": 1}),
        ("boundElements", [{"id": "x"}]),
        ("boundElements", [{"id": "x", "type": "iframe"}]),
        ("locked", "yes"),
        ("customData", {"part": "<b>"}),
        ("customData", "part"),
    ],
)
def test_a_wrong_value_is_refused_with_its_key(key: str, value: object) -> None:
    found = element({**box("b1"), key: value})
    assert isinstance(found, Problem)
    assert found.key == key


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (shape("a1", "arrow", points=[[0, 0, 0]]), "points"),
        (shape("a1", "arrow", points=[[0, 0]] * 5_001), "points"),
        (shape("a1", "arrow", points=[[0, None]]), "points"),
        (shape("a1", "arrow", startBinding={"focus": 1}), "startBinding"),
        (shape("a1", "arrow", endArrowhead="skull"), "endArrowhead"),
        (shape("f1", "freedraw", pressures=["hard"]), "pressures"),
        (text("t1", "x" * 10_001), "text"),
        (text("t1", "x", fontSize=100_000), "fontSize"),
        (text("t1", "x", holder="not an id"), "containerId"),
        (shape("fr1", "frame", name=["x"]), "name"),
    ],
)
def test_what_belongs_to_one_type_is_checked_too(given: dict[str, Any], key: str) -> None:
    found = element(given)
    assert isinstance(found, Problem)
    assert found.key == key


@pytest.mark.parametrize("key", ["id", "version", "versionNonce", "isDeleted", "x", "y", "width", "height"])
def test_a_missing_key_is_named(key: str) -> None:
    given = box("b1")
    del given[key]
    found = element(given)
    assert isinstance(found, Problem)
    assert (found.key, found.reason) == (key, "is missing")


def test_unknown_keys_and_foreign_custom_data_are_dropped() -> None:
    clean = element(box("b1", status="saved", onclick="x", customData={"part": "cache", "html": "<b>"}))
    assert clean == box("b1", customData={"part": "cache"})


def test_control_characters_are_taken_out_of_text() -> None:
    clean = element(text("t1", "a\x00b\u202fc\ud800\n\td"))
    assert isinstance(clean, dict)
    assert clean["text"] == "ab\u202fc\n\td"


def test_one_bad_element_does_not_keep_the_others_out() -> None:
    good, problems = validate.elements([box("b1"), "nonsense", {**box("b2"), "x": "far"}, box("b3")])
    assert [one["id"] for one in good] == ["b1", "b3"]
    assert [str(problem) for problem in problems] == [
        "element of element ?: must be an object",
        "x of element b2: must be a number",
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_copy_that_stands_spares_looking_and_changes_no_answer(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(500):
        standing = chance.choice([STYLED, ARROW, FREEDRAW, TEXT])
        clean = element(standing)
        assert isinstance(clean, dict)
        raw = {**standing, **{key: _anything(chance) for key in chance.sample(list(standing), 2)}}
        assert element(raw, clean) == element(raw)
        assert validate.elements([raw], {clean["id"]: clean}) == validate.elements([raw])


def test_a_copy_of_another_type_spares_nothing() -> None:
    clean = element(shape("a1", "arrow", points=[[0, 0], [9, 9]]))
    assert isinstance(clean, dict)
    assert element({**clean, "type": "text"}, clean) == element({**clean, "type": "text"})


def _anything(chance: random.Random, depth: int = 0) -> Any:
    leaves = [
        None,
        True,
        -1,
        0,
        2**60,
        1e308,
        "",
        "a0",
        "arrow",
        "\x00",
        "x" * 99,
        "javascript:1",
        chance.random(),
    ]
    if depth > 3 or chance.random() < 0.5:
        return chance.choice(leaves)
    if chance.random() < 0.5:
        return [_anything(chance, depth + 1) for _ in range(chance.randrange(4))]
    keys = [*ARROW, *TEXT, *STYLED, "elementId", "?"]
    return {chance.choice(keys): _anything(chance, depth + 1) for _ in range(chance.randrange(6))}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_json_comes_nothing_raises_and_what_passes_can_be_stored(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(500):
        start = chance.choice([STYLED, ARROW, FREEDRAW, TEXT, {}])
        broken = {key: chance.choice(list(start)) for key in chance.sample(list(start), min(2, len(start)))}
        raw = {**start, **{key: _anything(chance) for key in broken}}
        for given in (raw, _anything(chance)):
            good, _ = validate.elements([given])
            assert orjson.loads(orjson.dumps(good)) == good
