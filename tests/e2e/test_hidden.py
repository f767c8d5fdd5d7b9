"""A whole session, and every byte that came over the wire to the candidate's browser: nothing hidden is in it.

Ben does everything that the console and the forms after the end offer, with markers in all that is his alone; Ada opens
every address that the product has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from interviews.rules.notes import STEPS
from tests import routes
from tests.e2e import planted
from tests.e2e.conftest import Enter
from tests.e2e.leaks import leaks
from tests.e2e.product import Product, until
from tests.e2e.room import invite_link, open_room, saved, start_clock
from tests.e2e.wire import Piece, Wire
from whiteboard.formats import EXPORTS

pytestmark = pytest.mark.browser

PRIVATE, DRAFT, REASON, WORDS = (f"his{kind}okapi1x" for kind in ("private", "draft", "reason", "words"))
FEEDBACK = ("strength", "second_strength", "change")
GIVEN = ("facts.1.ask", "facts.1.answer", "hints.clarify.0", "hints.data.0", "flips.0.change")
# The questions that he marks as asked: she reads them again once both have sent.
MARKED = tuple(f"ladders.senior.{number}.ask" for number in range(4))
# Fetched from her own page, also what nobody has told it of. Gives how many were answered with what was asked.
FETCH = """async (paths) => {
    const answers = await Promise.all(paths.map((path) => fetch(path)));
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    return answers.filter((answer) => answer.ok).length;
}"""


@pytest.fixture
def guide(product: Product, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The case with a marker in each text of its guide: {where: marker}."""
    yield planted.publish(product, tmp_path)
    planted.retire(product)


@pytest.fixture
def wire(product: Product) -> Iterator[Wire]:
    one = Wire(product.port)
    yield one
    one.close()


@dataclass(frozen=True, slots=True)
class Two:
    """Ada and Ben in one session, and all addresses that may have to do with it."""

    ada: Page
    ben: Page
    session: str
    addresses: list[str]


@pytest.fixture
def two(enter: Enter, product: Product, wire: Wire, guide: dict[str, str]) -> Two:
    ada, ben = enter("ada", url=wire.url), enter("ben")
    session = open_room(ada, "candidate", case=planted.TITLE)
    ben.goto(invite_link(ada).replace(wire.url, product.url))
    ben.get_by_role("button", name=re.compile("seat", re.I)).click()
    ben.wait_for_url("**/sessions/*/")
    seats = [pk for (pk,) in product.sql("SELECT id FROM interviews_seat WHERE session_id = %s", session)]
    return Two(ada, ben, session, list(addresses(session, seats)))


def addresses(session: str, seats: list[int]) -> Iterator[str]:
    """All that can be asked for of this session and its case; test_secrets.py walks the other routes."""
    room: dict[str, Sequence[object]] = {
        "pk": [session],
        "seat_id": seats,
        "about_id": seats,
        "form": ["md", "pdf"],
        "step": STEPS,
        "slug": [planted.SLUG],
        "number": [1],
        "ending": list(EXPORTS),
    }
    own = ("sessions/<", "api/v1/sessions/<", "cases/<", "api/v1/cases/<")
    for template in routes.templates():
        if template.startswith(own):
            yield from routes.filled(template, {"": room})


Looked = list[tuple[str, list[tuple[str, str]]]]


def look(pieces: Iterable[Piece], markers: set[str]) -> Looked:
    """Of each piece its address, and which markers stand in it in which form."""
    rough = {planted.STEM if one.startswith(planted.STEM) else one for one in markers}
    known: dict[bytes, list[tuple[str, str]]] = {}
    for text in {text for piece in pieces for text in (piece.head, piece.body)}:
        known[text] = leaks(text, markers) if leaks(text, rough) else []
    return [(piece.address, known[piece.head] + known[piece.body]) for piece in pieces]


def among(looked: Looked, markers: set[str]) -> dict[str, set[tuple[str, str]]]:
    """{address: what of these markers came from there}."""
    found: dict[str, set[tuple[str, str]]] = {}
    for address, leaked in looked:
        if those := {one for one in leaked if one[0] in markers}:
            found.setdefault(address, set()).update(those)
    return found


def test_nothing_hidden_comes_over_the_wire(
    two: Two, wire: Wire, guide: dict[str, str], product: Product
) -> None:
    ada, ben = two.ada, two.ben
    elsewhere = past(wire, ada)
    start_clock(ben)
    begun = len(wire.received)
    token = conduct(ben)
    for where in GIVEN:
        expect(ada.locator("#pane-prompt")).to_contain_text(guide[where])
    work(ada)
    tour(two)
    ada.goto(f"/sessions/{two.session}/")

    # The end. He marks by ear, seals, and sends; she has not written yet.
    ada.get_by_role("button", name="Submit…").click()
    ada.locator("dialog[open]").get_by_role("button", name=re.compile("Submit")).click()
    ada.wait_for_url("**/report/")
    ended = len(wire.received)
    judge(ben, product, two.session)
    ada.goto(f"/sessions/{two.session}/report/")
    ada.get_by_role("button", name="Skip, show me the sheets").click()
    expect(ada.locator("#verdict")).to_be_visible()
    theirs_now = re.compile(rf"/sessions/{two.session}/(sheet[./]|report/reference/)")
    tour(two, but=theirs_now)
    sealed = len(wire.received)

    # She sends too, and all is shown; and the guide's sheet and the page beside the reference are hers now.
    ada.goto(f"/sessions/{two.session}/feedback/")
    for label in ("5 I always knew what was asked", "5 Every answer got its chance", "3 Some of them helped"):
        ada.get_by_label(label).check()
    ada.get_by_label("One thing to keep").fill("The pace.")
    ada.get_by_label("One thing to change").fill("More silence.")
    ada.get_by_role("button", name="Send and seal").click()
    ada.locator("dialog[open]").get_by_role("button", name="Send and seal").click()
    expect(ada.locator("#feedback")).to_contain_text(WORDS)
    ada.goto(f"/sessions/{two.session}/report/")
    shown = len(wire.received)
    opened = ("sheet.md", "sheet.pdf", "report/reference/")
    ada.evaluate(FETCH, [f"/sessions/{two.session}/{page}" for page in opened])

    assert elsewhere == []
    assert sum(len(piece.body) for piece in wire.received) > 1_000_000
    told = {guide[where] for where in GIVEN}
    hidden = set(guide.values()) - told
    always = {PRIVATE, DRAFT, token, "ben@example.com"}
    assert len(hidden) > 250
    came = look(list(wire.received), hidden | told | always | {REASON, WORDS})
    assert among(came[:begun], told) == {}
    assert among(came[:sealed], hidden | always | {REASON, WORDS}) == {}
    asked = {guide[where] for where in MARKED}
    assert among(came[sealed:shown], hidden - asked | always) == {}
    assert among(came[shown:], always) == {}
    # And what did come was seen: each that was given, and the guide's sheet in the clear and as a PDF.
    assert {one for leaked in among(came[begun:ended], told).values() for one, _ in leaked} == told
    assert among(came[sealed:shown], {WORDS})
    assert {one for leaked in among(came[sealed:shown], asked).values() for one, _ in leaked} == asked
    given = {address.split("?")[0] for address in among(came[shown:], hidden - asked)}
    assert given == {f"/sessions/{two.session}/{page}" for page in opened}


def past(wire: Wire, page: Page) -> list[str]:
    """A list that fills with what the page's browser asks for not by the wire."""
    urls: list[str] = []
    ours = (f"{wire.url}/", "data:", "blob:")
    page.context.on("request", lambda one: None if one.url.startswith(ours) else urls.append(one.url))
    return urls


def tour(two: Two, but: re.Pattern[str] | None = None) -> None:
    """She asks for everything there is."""
    asked = [one for one in two.addresses if not (but and but.search(one))]
    assert two.ada.evaluate(FETCH, asked) > 10


def conduct(ben: Page) -> str:
    """Everything that the console offers; returns the token of a link that is for somebody else."""
    ben.wait_for_selector(".excalidraw canvas")
    ben.locator("[data-show-pane=console]").click()
    ben.locator("#console-search").fill("how large")
    ben.locator("#console-search").press("Enter")
    expect(ben.locator("#fact-2")).to_contain_text("given")
    for part, presses in {
        "hints": ["#hint-clarify-1-do", "#hint-data-1-do"],
        "probes": [f"#probe-senior-{number}-{key}" for number, key in enumerate("uprm", 1)],
        "points": [f"#point-clarifygoal-{level}" for level in (1, 3)] + ["#point-datalabels-0"],
        "flips": ["#flip-1-do"],
    }.items():
        ben.locator(f"#console [data-part={part}]").click()
        for press in presses:
            ben.locator(press).click()
    ben.get_by_role("button", name="Announce it").click()
    expect(ben.locator("#con-flips")).to_contain_text("1 announced")
    ben.locator("#console [data-part=guide]").click()
    expect(ben.locator("#guide")).to_contain_text("hiddenquagga")
    ben.locator("[data-private]").fill(f"{PRIVATE}: hesitates on labels")
    saved(ben)
    ben.get_by_role("button", name="Who is in this session").click()
    ben.get_by_role("button", name="Make a link to watch").click()
    link = ben.locator("#invite-link-observer")
    expect(link).to_have_value(re.compile("/invites/"))
    return link.input_value().rstrip("/").rsplit("/", 1)[1]


def work(ada: Page) -> None:
    """She writes, draws, talks, and looks into every pane."""
    ada.locator("[data-note=clarify]").fill("Pictures of orchards, ranked.")
    ada.get_by_role("button", name="Ranker", exact=True).click()
    for pane in ada.locator("[data-show-pane]:visible").all():
        pane.click()
    ada.locator("#chat-form textarea, #chat-form input[type=text]").first.fill("Shall I go on?")
    ada.keyboard.press("Enter")
    saved(ada)
    ada.reload()
    expect(ada.locator("#announced [data-told]:visible").first).to_be_visible()


def judge(ben: Page, product: Product, session: str) -> None:
    """Marks with their reasons, a verdict, a draft that is thought better of, and what is sent."""
    scored = (
        "SELECT 1 FROM interviews_scoresheet s JOIN interviews_submission u ON u.id = s.submission_id "
        "WHERE u.session_id = %s"
    )
    until(lambda: product.sql(scored, session), 180, product.log)
    ben.goto(f"/sessions/{session}/report/marks/")
    ben.get_by_role("button", name="Seal my marks").click()
    row = ben.locator("#mark-frame-task")
    row.locator(".mark-choice:not([data-automatic])").last.click()
    row.locator("[name=reason]").fill(f"{REASON} heard it")
    row.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("You say")
    ben.goto(f"/sessions/{session}/feedback/")
    verdict = ben.locator("#mark-verdict")
    verdict.get_by_role("button", name="Strong hire").click()
    verdict.locator("[name=reason]").fill(f"{REASON} all in all")
    verdict.get_by_role("button", name="Save").click()
    expect(verdict.locator("[aria-pressed=true]")).to_contain_text("Strong hire")
    for text in (DRAFT, WORDS):
        for name in FEEDBACK:
            ben.locator(f"textarea[name={name}]").fill(f"{text} {name}")
        stored = partial(
            product.sql,
            "SELECT 1 FROM interviews_feedbackdraft WHERE answers->>'change' LIKE %s",
            f"{text}%",
        )
        until(stored, 60, "The draft was not saved.")
    ben.get_by_role("button", name="Send and seal").click()
    ben.locator("dialog[open]").get_by_role("button", name="Send and seal").click()
    expect(ben.locator("#seal")).to_contain_text("Sent and sealed")
