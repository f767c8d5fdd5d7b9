"""Two people who draw, without browsers, and a product whose processes can be killed."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.chaos.client import Drawer, log_in, post
from tests.e2e.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own, which may speak to this machine: its processes do not survive these tests."""
    running = Product(tmp_path_factory.mktemp("chaos") / "log", WEBHOOK_ALLOW_LOCAL="1")
    yield running
    assert running.stop() == 0, running.log()
    assert running.faults() == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed tells what the product wrote meanwhile: what happens once in fifty runs is not seen again."""
    report = yield
    product = getattr(item, "funcargs", {}).get("product")
    if report.failed and product:
        report.sections.append(("The product's log", product.log()))
    return report


@pytest.fixture(scope="session")
def people(product: Product) -> Iterator[dict[str, httpx.Client]]:
    """Everybody's HTTP client, logged in once: log-ins are limited, and these tests are many."""
    clients = {name: log_in(product.url, name) for name in ("ada", "ben", "cleo")}
    yield clients
    for client in clients.values():
        client.close()


@dataclass
class Meeting:
    """A running session of Ada and Ben."""

    session: str
    ada: Drawer
    ben: Drawer

    def submit(self) -> None:
        """Ada hands in."""
        response = post(
            self.ada.http, f"/sessions/{self.session}/submit/", {}, page=f"/sessions/{self.session}/"
        )
        assert response.status_code < 400, response.text[:500]


@pytest.fixture
def meeting(product: Product, people: dict[str, httpx.Client]) -> Iterator[Meeting]:
    """Ada and Ben, seated, connected, the clock running."""
    product.sql("UPDATE interviews_seat SET is_live = false")
    ada, ben = people["ada"], people["ben"]
    new = "/sessions/new/?case=ad-click-prediction"
    made = post(
        ada,
        "/sessions/new/",
        {
            "case": "ad-click-prediction",
            "arrangement": "candidate",
            "framework": "seven-step",
            "level": "senior",
            "although_seen": "on",
        },
        page=new,
    )
    session = made.headers["Location"].strip("/").split("/")[-1]
    page = post(ada, f"/sessions/{session}/invite/", {"role": "interviewer"}, page=f"/sessions/{session}/")
    link = re.search(r"/invites/[\w-]{20,}/", page.text)
    assert link, page.text[:500]
    ben.get(link[0], follow_redirects=True)
    assert post(ben, "/invites/", {}, page="/invites/").status_code < 400
    assert post(ben, f"/sessions/{session}/start/", {}, page=f"/sessions/{session}/").status_code < 400
    met = Meeting(session, Drawer(ada, session, 1), Drawer(ben, session, 2))
    met.ada.connect()
    met.ben.connect()
    yield met
    met.ada.close()
    met.ben.close()
