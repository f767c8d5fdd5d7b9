"""A passkey and codes from an app, by a real Chromium with an authenticator that Chromium plays itself."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.test_second_factor import code_of
from tests.e2e.conftest import PATIENCE
from tests.e2e.product import Product
from tests.e2e.test_accessibility import findings

pytestmark = pytest.mark.browser
EMAIL, PASSWORD = "passkeys@example.com", "gravel otter pine"
# One that is built in, asks for a finger, and always finds it.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main form[action='/accounts/logout/'] button").click()
    page.wait_for_url("**/")
    page.goto("/accounts/login/")


def prove(page: Page) -> None:
    """What guards the pages of the second factor."""
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()


def test_a_passkey_is_added_opens_the_account_and_is_removed(product: Product, chromium: Browser) -> None:
    context = chromium.new_context(base_url=product.url, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]

    page.goto("/accounts/signup/")
    page.fill("[name=display_name]", "Pia")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/")
    product.sql(f"UPDATE account_emailaddress SET verified = true WHERE email = '{EMAIL}'")

    page.goto("/accounts/2fa/webauthn/add/")
    prove(page)
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    (credential,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert credential["isResidentCredential"]

    page.goto("/accounts/2fa/totp/activate/")
    secret = str(page.locator("[data-totp-secret]").text_content())
    page.fill("[name=code]", code_of(secret, time.time()))
    page.get_by_role("button", name="Turn it on").click()
    page.wait_for_url(lambda url: "activate" not in url)

    seen: list[str] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in ("", "webauthn/", "webauthn/add/", "totp/deactivate/", "recovery-codes/generate/"):
            page.goto(f"/accounts/2fa/{path}")
            seen += findings(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("Laptop")).to_be_visible()
    seen += findings(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    log_out(page)
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    seen += findings(page)
    assert seen == []

    page.get_by_role("button", name="Stop, and go back").click()
    page.wait_for_url("**/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_url("**/")
    expect(page.get_by_text("Hello, Pia")).to_be_visible()

    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove Laptop").click()
    prove(page)
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url("**/accounts/2fa/webauthn/")
    expect(page.get_by_text("None.")).to_be_visible()

    log_out(page)
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="This passkey opens no account here")).to_be_visible()
    page.goto("/profile/")
    expect(page).to_have_url(f"{product.url}/accounts/login/?next=/profile/")
    context.close()
    assert faults == []
