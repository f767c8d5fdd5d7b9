"""Hostile files that the product took, opened by Ada, Ben and Cleo: nothing runs, asks elsewhere, or breaks a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.chaos import hostile
from tests.chaos.hostile import Upload
from tests.e2e import ill_meant
from tests.e2e.conftest import Enter
from tests.e2e.product import Product, until
from tests.e2e.room import saved
from tests.e2e.watching import Watch
from tests.interviews.pictures import picture

pytestmark = pytest.mark.browser
# Below every limit on how often one imports.
SEED, FROM_CHAOS = 22, 24
API = "/api/v1/"


def said(page: Page, method: str, path: str, **body: Any) -> Any:
    """What the API answers to this browser; its status must be a good one."""
    answer = _asked(page, method, path, data=json.dumps(body), headers={"Content-Type": "application/json"})
    assert answer.ok, (path, answer.text()[:300])
    return answer.json() if answer.body() else None


def _asked(page: Page, method: str, path: str, *, headers: dict[str, str], **more: Any) -> Any:
    token = json.loads(page.locator("body").get_attribute("hx-headers") or "")["X-CSRFToken"]
    origin = re.sub(r"(//[^/]+).*", r"\1", page.url)
    return page.request.fetch(
        API + path, method=method, headers={"X-CSRFToken": token, "Origin": origin, **headers}, **more
    )


def taken(page: Page, upload: Upload, session: str) -> Any:
    """What the product makes of a file; None where it refuses it."""
    address, name = hostile.DOORS[upload.door]
    file = {"name": "file", "mimeType": "application/octet-stream", "buffer": upload.data}
    answer = _asked(
        page, "POST", address.format(session=session), headers={}, multipart={**upload.form, name: file}
    )
    assert answer.status < 500, (upload.kind, answer.status)
    return answer.json() if answer.ok else None


@pytest.fixture
def watched(enter: Enter, product: Product) -> Callable[[str], Watch]:
    return lambda name: Watch(enter(name), product.url)


def a_room(product: Product, ada: Page, ben: Page, cleo: Page, case: str) -> str:
    """Ben interviews Ada on his case, and Cleo watches; the clock runs."""
    wish = {"case": case, "arrangement": "interviewer", "framework": "seven-step", "level": "senior"}
    session: str = said(ben, "POST", "sessions/", **wish, although_seen=True)["id"]
    for page, role in ((ada, "candidate"), (cleo, "observer")):
        token = said(ben, "POST", f"sessions/{session}/invites/", role=role)["token"]
        said(page, "POST", "invites/accept/", token=token)
    for page in (ada, ben):
        said(page, "PUT", f"sessions/{session}/consent/", replay=True)
    said(ben, "POST", f"sessions/{session}/start/")
    return session


def test_nothing_in_what_was_taken_runs(
    watched: Callable[[str], Watch], product: Product, tmp_path: Path
) -> None:
    ada, ben, cleo = (watched(name) for name in ("ada", "ben", "cleo"))
    everybody = (ada, ben, cleo)
    case = taken(ben.page, ill_meant.archive(), "")["cases"][0]["slug"]
    said(ben.page, "POST", f"cases/{case}/shares/", email="cleo@example.com")
    session = a_room(product, ada.page, ben.page, cleo.page, case)
    here = f"/sessions/{session}/"
    plain = taken(ada.page, Upload("a picture", "picture", picture()), session)
    drawings, pictures, own = [], [], []
    for upload in ill_meant.uploads(SEED, FROM_CHAOS):
        if upload.door == "cases" and upload.kind == "an archive of a case":
            continue  # it came in before
        found = taken(ada.page, upload, session)
        if found is None:
            continue
        if upload.door == "board":
            drawings.append(upload)
        elif upload.door == "picture":
            pictures.append(found)
        elif upload.door == "draft":
            own.append(f"/cases/drafts/{found['id']}/")
    assert (len(pictures), len(drawings) >= 3, len(own) >= 1) == (4, True, True)

    # The room: all of it on the board and in the notes, and in what is said.
    text = "\n\n".join([ill_meant.WORDS, *(one["markdown"] for one in pictures)])
    for step in ("clarify", "data"):
        said(ada.page, "PUT", f"sessions/{session}/notes/{step}/", text=text, base=0)
    said(ada.page, "POST", f"sessions/{session}/chat/", text=ill_meant.WORDS[:900], ref=1)
    for one in everybody:
        one.look(here, marks=".excalidraw canvas")
    ada.page.get_by_role("button", name="Outline", exact=True).click()
    for number, upload in enumerate(drawings):
        file = tmp_path / f"{number}.{upload.form['format']}"
        file.write_bytes(upload.data)
        endings = {"excalidraw": "excalidraw", "mermaid": "mmd", "yaml": "yaml"}
        file = file.rename(file.with_suffix(f".{endings[upload.form['format']]}"))
        ada.page.locator("#import input[type=file]").set_input_files(file)
        ada.page.get_by_role("button", name="Put on the board").click()
        expect(ada.page.locator("#import-said")).to_contain_text("It is on the board")
    until(lambda: len(on_board(product, session)) > len(ill_meant.MARKUP), 30, "The drawings never came.")
    saved(ada.page)
    for one in everybody:
        one.look(here, marks=".excalidraw canvas")
        one.page.wait_for_timeout(500)
        one.rest()
    for one in (plain, *pictures):
        for who in everybody:
            assert who.look(one["url"]) == 200
    for address in own:
        assert ada.look(address) == 200
        for how in ("candidate", "interviewer"):
            ada.look(f"{address}preview/{how}/")
    for address in (f"/cases/{case}/", "/cases/", f"/cases/{case}/sheet/"):
        ben.look(address)
        cleo.look(address)

    # And when it is over.
    said(ada.page, "POST", f"sessions/{session}/submit/")
    said(ada.page, "POST", f"sessions/{session}/feedback/skip/")
    ends = ("", "report/", "replay/?t=600", "guide/", "sheet/", "system/", "board.svg", "feedback/")
    for who in everybody:
        for end in ends:
            assert who.look(here + end, marks="svg, body") in (200, 403, 404), end
    # Around a picture that is opened by itself Chromium puts a page of its own, whose style and script the policy of
    # such files refuses: so it says of each what it says of one that nobody meant ill with, and nothing else.
    for who in everybody:
        assert [who.of(one["url"]) for one in pictures] == [who.of(plain["url"])] * len(pictures)
    told = sorted({line for who in everybody for line in who.seen if "/pictures/" not in line})
    assert told == [], "\n".join(told)


def on_board(product: Product, session: str) -> list[Any]:
    return product.sql(
        "SELECT 1 FROM whiteboard_element e JOIN interviews_session s ON s.board_id = e.board_id "
        "WHERE s.id = %s AND NOT e.is_deleted",
        session,
    )


@pytest.mark.parametrize("with_policy", [True, False])
def test_a_page_that_escaped_nothing_would_be_noticed(
    watched: Callable[[str], Watch], product: Product, with_policy: bool
) -> None:
    """The same case, as a page would show it that writes what was typed as it is: with our policy the browser refuses
    it and says so, without it runs."""
    ben = watched("ben")
    case = taken(ben.page, ill_meant.archive(), "")["cases"][0]["slug"]

    def careless(route: Route) -> None:
        answer = route.fetch()
        headers = {
            name: one
            for name, one in answer.headers.items()
            if with_policy or name != "content-security-policy"
        }
        body = answer.text().replace("</main>", f"{ill_meant.MARKUP[0]}{ill_meant.MARKUP[1]}</main>")
        route.fulfill(response=answer, headers=headers, body=body)

    ben.page.route(f"**/cases/{case}/", careless)
    ben.look(f"/cases/{case}/")
    told = " ".join(ben.seen)
    assert ("refused: script-src" in told, "it ran" in told, "a dialog: 1" in told) == (
        with_policy,
        not with_policy,
        not with_policy,
    )
