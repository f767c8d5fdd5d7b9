"""Ada disputes a level and offers her interview; Ben answers; Cleo rates it blind; where they differ the two talk."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Enter
from tests.e2e.demo import untold
from tests.e2e.product import Product
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser
SCALE = re.compile("Puts numbers on scale")


@pytest.fixture
def session(product: Product) -> Iterator[str]:
    """The demo interview, three days old: Ben sent a sheet that says of the scale that it was not shown, and Ada would
    rather not rate herself. Cleo has interviewed on the case."""
    found, submission = untold(product)
    moved = "ended_at = ended_at {0} '3 days'::interval, started_at = started_at {0} '3 days'::interval"
    product.sql(f"UPDATE interviews_session SET {moved.format('-')} WHERE id = %s", found)
    seats = dict(product.sql("SELECT role, id FROM interviews_seat WHERE session_id = %s", found))
    users = dict(product.sql("SELECT display_name, id FROM accounts_user"))
    product.sql("INSERT INTO interviews_selfrating (seat_id, at) VALUES (%s, now())", seats["candidate"])
    product.sql("UPDATE interviews_consent SET replay = true WHERE seat_id = ANY(%s)", list(seats.values()))
    sheet = product.sql(
        "INSERT INTO interviews_scoresheet (submission_id, source, scorer, scorer_version, rater_id, overall, "
        "arithmetic, created_at, sealed_at) VALUES (%s, 'interviewer', '', '', %s, 3, "
        '\'{"automatic": {}, "reasons": {}}\', now(), now()) RETURNING id',
        submission,
        users["Ben"],
    )[0][0]
    product.sql(
        "INSERT INTO interviews_itemscore (sheet_id, item, level, confidence, evidence) "
        "VALUES (%s, 'clarify.scale', 0, 1, '[]')",
        sheet,
    )
    product.sql(
        "INSERT INTO interviews_feedback (author_id, about_id, strength, second_strength, keep, change, sheet_id, "
        "sent_at) VALUES (%s, %s, 'Numbers.', 'Loops.', '', 'Monitoring.', %s, now())",
        seats["interviewer"],
        seats["candidate"],
        sheet,
    )
    product.sql(
        "INSERT INTO interviews_privateevent (session_id, seat_id, kind, at, data) "
        "VALUES (%s, %s, 'marks_sealed', now(), '{}')",
        found,
        seats["interviewer"],
    )
    product.sql(
        "INSERT INTO casebank_seencase (user_id, case_id, how, at) SELECT %s, v.case_id, 'interviewer', now() FROM "
        "interviews_session s JOIN casebank_caseversion v ON v.id = s.case_version_id WHERE s.id = %s "
        "ON CONFLICT DO NOTHING",
        users["Cleo"],
        found,
    )
    yield f"/sessions/{found}"
    untold(product)
    product.sql("DELETE FROM casebank_seencase WHERE user_id = %s", users["Cleo"])
    product.sql(f"UPDATE interviews_session SET {moved.format('+')} WHERE id = %s", found)


def in_dialog(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.get_by_role("dialog").get_by_role("button", name=name).click()


def gap_of(page: Page) -> Locator:
    return page.locator("#gap-clarify-scale")


def test_disputed_answered_rated_again_and_talked_about(enter: Enter, session: str) -> None:
    ada, ben, cleo = enter("ada"), enter("ben"), enter("cleo", width=390, height=844)

    # Ada disputes what Ben gave, and offers the interview.
    ada.goto(f"{session}/report/")
    ada.get_by_role("link", name=re.compile("^Dispute.*Puts numbers on scale")).click()
    ada.get_by_label("Ben: not shown").check()
    ada.get_by_label("Why?").fill("28k a second stand in the notes.")
    assert findings(ada) == []
    ada.get_by_role("button", name="Dispute it").click()
    expect(ada.get_by_text("Not answered yet.")).to_be_visible()
    ada.goto(f"{session}/report/")
    ada.get_by_role("button", name="Offer it for a second rating").click()
    expect(ada.get_by_role("button", name="Take the offer back")).to_be_visible()

    # Ben finds it on his list, and answers once.
    ben.goto("/sessions/")
    ben.get_by_role("link", name=SCALE).click()
    ben.get_by_label("Mentioned").check()
    ben.get_by_label("Why?").fill("I had missed it.")
    assert findings(ben) == []
    ben.get_by_role("button", name="Answer", exact=True).click()
    expect(ben.get_by_text("would now give “Mentioned”")).to_be_visible()

    # Cleo takes it, and sees work without names; the replay plays; a digit rates a point and goes on.
    cleo.goto("/ratings/")
    cleo.get_by_role("button", name="Take it").click()
    expect(cleo.get_by_role("heading", name="Your levels")).to_be_visible()
    assert not [name for name in ("Ada", "Ben") if name in cleo.locator("main").inner_text()]
    assert findings(cleo) == []
    cleo.get_by_role("link", name="Watch the replay").click()
    cleo.get_by_role("button", name="Play").click()
    expect(cleo.locator("#replay[data-playing=true]")).to_be_visible()
    assert findings(cleo) == []
    assert not [name for name in ("Ada", "Ben") if name in cleo.locator("main").inner_text()]
    cleo.get_by_role("link", name="Rate blind").click()
    cleo.locator("[data-mark-row] input[type=radio]").first.focus()
    for _ in range(50):
        cleo.keyboard.press("2")
    cleo.keyboard.press("3")
    expect(cleo.locator("#rating-state")).to_contain_text("50 of 50 points", timeout=30_000)
    expect(cleo.locator("#rating-state")).not_to_contain_text("no verdict", timeout=30_000)
    in_dialog(cleo, "Seal it")
    cleo.wait_for_url("**/ratings/")
    assert findings(cleo) == []

    # Her sheet stands beside the others, and the two talk about the point; Ada does not hear of it.
    ada.reload()
    expect(ada.locator("#second")).to_contain_text("50 of 50 points rated blind on the replay")
    expect(ada.get_by_text("Ben 0.0, Second rater 2.0.")).to_be_visible()
    expect(ada.get_by_text("Talk about it")).to_have_count(0)
    assert "Cleo" not in ada.locator("main").inner_text()
    assert findings(ada) == []
    cleo.get_by_role("link", name="Ad click prediction").click()
    gap_of(cleo).get_by_label("What you saw").fill("A number and its peak.")
    gap_of(cleo).get_by_role("button", name="Send").click()
    expect(gap_of(cleo)).to_contain_text("2 messages left")
    ben.goto(f"{session}/report/")
    ben.get_by_role("link", name="Talk about it").click()
    expect(gap_of(ben)).to_contain_text("A number and its peak.")
    gap_of(ben).get_by_label("mentioned").check()
    gap_of(ben).get_by_role("button", name="Close this point").click()
    expect(gap_of(ben)).to_contain_text("You, last word: mentioned")
    assert findings(ben) == []
    cleo.reload()
    gap_of(cleo).get_by_role("button", name="Close this point").click()
    expect(gap_of(cleo)).to_contain_text("Closed")
    cleo.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert findings(cleo) == []
    assert cleo.evaluate("document.documentElement.scrollWidth") <= 390
