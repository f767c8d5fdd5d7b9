"""What axe finds on each page, at the level of WCAG 2.2 AA, in light and dark, wide and narrow: nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.product import ROOT, Product
from tests.e2e.room import open_room

pytestmark = pytest.mark.browser
AXE = ROOT / "static" / "node_modules" / "axe-core" / "axe.min.js"
CASE = ROOT / "casebank" / "content" / "cases" / "ad-click-prediction"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "/",
    "/cases/",
    "/cases/?words=rank&sort=weakest",
    "/cases/ad-click-prediction/",
    "/primer/",
    "/primer/two-tower/",
    "/primer/ab-tests/",
    "/cases/ad-click-prediction/versions/",
    "/cases/drafts/",
    "/cases/drafts/new/",
    "/cases/exchange/",
    "/cases/ad-click-prediction/sheet/",
    "/sheets/",
    "/sheets/optimisation/",
    "/practise/",
    "/sessions/",
    "/sessions/new/",
    "/progress/",
    "/progress/points/",
    "/progress/interviewing/",
    "/calibration/",
    "/calibration/support-chat/",
    "/ratings/",
    "/groups/",
    "/groups/new/",
    "/profile/",
    "/accounts/email/",
    "/accounts/tokens/",
    "/accounts/webhooks/",
    "/accounts/data/",
    "/accounts/data/delete/",
    "/accounts/activity/",
    "/accounts/activity/?whose=others",
    "/accounts/consents/",
    "/api/v1/docs/",
]
# Excalidraw 0.18.1 wraps its colour pickers in a div with a button's attributes; nothing outside can mend that.
NOT_OURS = [".excalidraw div[aria-controls^='radix-']"]
Scheme = Literal["light", "dark"]


# Colours that are on their way from one to another are nobody's fault: what ends by itself is waited for.
AT_REST = """async () => {
  const ends = (animation) => animation.effect?.getComputedTiming().endTime !== Infinity;
  const frame = () => new Promise(requestAnimationFrame);
  await document.fonts.ready;
  const moves = () => document.getAnimations().some((one) => one.playState === "running" && ends(one));
  do await frame().then(frame); while (moves());
}"""


def findings(page: Page) -> list[str]:
    """What axe finds on a page at rest: where, which rule, which element and why."""
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "([exclude, tags]) => axe.run({exclude}, {runOnly: tags})", [NOT_OURS, RULES]
    )
    return [
        f"{page.url}: {violation['id']}: {node['target']} {node['html'][:120]}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages(enter: Enter, product: Product, scheme: Scheme) -> None:
    page = enter("ada")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    report = product.sql("SELECT session_id FROM interviews_submission ORDER BY id LIMIT 1")[0][0]
    found: list[str] = []
    session = f"/sessions/{report}"
    ended = ("report/", "report/reference/", "share/", "replay/?t=600")
    for path in [*PAGES, *(f"{session}/{part}" for part in ended)]:
        page.goto(path)
        page.wait_for_timeout(300)
        found += findings(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in [
        "/accounts/tokens/",
        "/accounts/activity/",
        "/accounts/consents/",
        "/api/v1/docs/",
        "/cases/exchange/",
        "/cases/ad-click-prediction/",
        "/primer/",
        "/primer/ab-tests/",
        f"{session}/report/",
        f"{session}/report/#quote-clarify-goal-0",
        f"{session}/report/reference/",
    ]:
        page.goto(path)
        found += findings(page)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cases_that_are_brought_in(enter: Enter, scheme: Scheme, tmp_path: Path) -> None:
    """What would change, and why an archive cannot be taken; nothing is brought in."""
    page = enter("ada")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: list[str] = []
    for name, spoilt in (("good", ""), ("bad", "no: such key\n")):
        archive = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(archive, "w") as zip:
            for file in sorted(CASE.iterdir()):
                zip.writestr(f"cases/another-of-ours/{file.name}", file.read_text() + spoilt)
        page.goto("/cases/exchange/")
        page.get_by_label("A zip of at most").set_input_files(archive)
        page.get_by_role("button", name="Look what would change").click()
        said = {"good": "What would happen", "bad": "Nothing was brought in"}[name]
        expect(page.get_by_role("heading", name=said)).to_be_visible()
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 844})
            found += findings(page)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_guide_read_again(enter: Enter, product: Product, scheme: Scheme) -> None:
    page = enter("ben")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    session = product.sql("SELECT session_id FROM interviews_submission ORDER BY id LIMIT 1")[0][0]
    page.goto(f"/sessions/{session}/report/")
    page.get_by_role("link", name="Guide", exact=True).click()
    page.locator("details").evaluate_all("parts => parts.forEach((one) => (one.open = true))")
    found = findings(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert found + findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_room(enter: Enter, scheme: Scheme) -> None:
    page = enter("ada")
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_room(page, "alone")
    page.wait_for_selector(".excalidraw canvas")
    found = findings(page)
    page.get_by_role("button", name="Start the clock").first.click()
    page.get_by_role("button", name="Ranker", exact=True).click()
    page.wait_for_timeout(500)
    found += findings(page)
    page.get_by_role("button", name="System", exact=True).click()
    page.wait_for_selector("#system [data-correct]")
    found += findings(page)
    page.get_by_role("button", name="Outline", exact=True).click()
    page.wait_for_timeout(500)
    found += findings(page)
    assert found == []


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/", "/primer/"]
)
def test_pages_for_strangers(enter: Enter, path: str) -> None:
    page = enter("cleo")
    page.context.clear_cookies()
    page.goto(path)
    assert findings(page) == []
