"""Two people, two browsers, one product."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.product import Product
from tests.e2e.relay import Relay
from tests.e2e.room import open_room, start_clock

PASSWORD = "two-loops-demo"
# Of what must come, in ms: a busy machine is slow.
PATIENCE = 60_000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Relay]:
    """The relay that the product names; it answers only while a test has it started."""
    named = Relay(tmp_path_factory.mktemp("relay"))
    yield named
    named.stop()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory, relay: Relay) -> Iterator[Product]:
    """The product, running as `dev.py run` runs it; webhooks may lead to this machine."""
    environment = {**relay.environment, "WEBHOOK_ALLOW_LOCAL": "1"}
    running = Product(tmp_path_factory.mktemp("product") / "log", **environment)
    yield running
    assert running.stop() == 0, running.log()
    assert running.faults() == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium; missing, it is an error and no skip."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail("There is no Chromium. On Debian: apt-get install chromium. Or set CHROMIUM to its path.")
    # Who calls in these tests has a microphone that beeps and a camera that shows a test picture.
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    arguments = ["--disable-dev-shm-usage", *fake, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


Enter = Callable[..., Page]


@pytest.fixture
def enter(product: Product, chromium: Browser, tmp_path: Path) -> Iterator[Enter]:
    """enter("ada") opens a browser of Ada's own, logged in. Errors on any page fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_browser(
        name: str,
        *,
        width: int = 1440,
        height: int = 900,
        timezone_id: str | None = None,
        url: str = product.url,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=url, timezone_id=timezone_id
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{name}: {error}"))
        page.goto("/accounts/login/")
        page.fill("[name=login]", f"{name}@example.com")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_url("**/")
        return page

    _free_everybody(product)
    yield open_browser
    for context in contexts:
        context.close()
    assert complaints == []


def _free_everybody(product: Product) -> None:
    """End what an earlier test left running, so that nobody sits in two live sessions."""
    product.sql("UPDATE interviews_seat SET is_live = false")


@pytest.fixture
def room(enter: Enter) -> Page:
    """Ada alone in a room, the clock running, the board empty."""
    page = enter("ada")
    open_room(page, "alone")
    start_clock(page)
    page.wait_for_selector(".excalidraw canvas")
    return page
