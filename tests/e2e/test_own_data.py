"""Ada asks for all of her data, the running product's worker makes it, and she downloads it."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Enter
from tests.e2e.product import Product
from tests.e2e.test_webhooks import fits

pytestmark = pytest.mark.browser


def test_all_of_ones_data_is_made_by_a_worker_and_downloaded(enter: Enter, product: Product) -> None:
    page = enter("ada", width=390, height=844)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto("/accounts/data/")
    assert fits(page)
    page.get_by_role("button", name="Make the file").click()
    ready = page.get_by_role("link", name="Download it")
    expect(ready).to_be_visible(timeout=60_000)
    assert fits(page)
    with page.expect_download() as loading:
        ready.click()
    with zipfile.ZipFile(loading.value.path()) as taken:
        assert taken.testzip() is None
        assert "ada@" in taken.read("profile.json").decode()
    told = product.sql("SELECT 1 FROM interviews_outgoingmail WHERE subject = 'Your data is ready'")
    assert told == [(1,)]
    stranger = enter("cleo").request.get(ready.evaluate("it => it.href"))
    assert stranger.status == 404
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.reload()
    assert fits(page)
    product.sql("DELETE FROM accounts_archivepiece")
    product.sql("DELETE FROM accounts_archive")
