"""What every answer says of itself, at every address, to everybody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mlsd_site.accounts.models import User
from tests import routes
from tests.access.asking import Scene
from tests.conftest import PASSWORD
from tests.security.conftest import Production

PARTS = 3
ASKED = ("anonymous", "candidate")
# What a page may do, and what a file that somebody brought may not.
PAGE = (
    r"(?=.*default-src 'none')(?=.*object-src 'none')(?=.*base-uri 'none')(?=.*frame-ancestors 'none')"
    r"(?=.*form-action 'self')(?=.*script-src 'self'( |;|$)).*"
)
FILE = "default-src 'none'; frame-ancestors 'none'; sandbox"


def policy(text: str) -> dict[str, list[str]]:
    """{directive: its sources}"""
    return {name: sources for name, *sources in (one.split() for one in text.split(";") if one.strip())}


def heads(text: str) -> dict[str, str]:
    """The headers of an answer as `asking.Answer.text` has them."""
    lines = text.split("\n\n")[0].splitlines()[1:]
    return {
        name: value for name, _, value in (line.partition(": ") for line in lines) if name != "Set-Cookie"
    }


@pytest.mark.asvs(
    "3.2.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.7.1", "4.1.1", "14.2.2", "14.2.3", "14.3.2"
)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_answer_carries_the_whole_set(part: int, scene: Scene) -> None:
    faults = []
    for route in routes.templates()[part::PARTS]:
        for who, method in ((who, method) for who in ASKED for method in ("GET", "DELETE")):
            found = heads(scene.ask(who, method, scene.address(route)).text)
            faults += [
                f"{who}: {method} {route}: {name} is {found.get(name)!r}"
                for name, wanted in expected(who, found).items()
                if not re.fullmatch(wanted, found.get(name, ""))
            ]
            faults += [f"{who}: {method} {route}: {fault}" for fault in lets_in(found)]
    assert faults == []


def lets_in(found: dict[str, str]) -> list[str]:
    """What a policy allows that none may. Attributes of drawings have styles; no element has, and no script."""
    rules = policy(found.get("Content-Security-Policy", ""))
    sources = {source for some in rules.values() for source in some}
    inline = {name for name, some in rules.items() if "'unsafe-inline'" in some} - {"style-src-attr"}
    away = {source for source in sources if source.startswith(("http", "*", "'unsafe-eval"))}
    return [f"the policy says {one}" for one in sorted(inline | away)]


def expected(who: str, found: dict[str, str]) -> dict[str, str]:
    """{header: what it must be} of an answer to this one."""
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin|no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": r".*geolocation=\(\).*",
        "Content-Security-Policy": f"{PAGE}|{FILE}",
        "Access-Control-Allow-Origin": "",
        "Server": "",
        "X-Powered-By": "",
    }
    if who != "anonymous":
        wanted["Cache-Control"] = ".*no-store.*|public, max-age=3600"
    if found.get("Content-Type", "").startswith("text/") or "xml" in found.get("Content-Type", ""):
        wanted["Content-Type"] = ".+; charset=utf-8"
    return wanted


@pytest.mark.django_db
@pytest.mark.asvs("3.4.4", "3.4.6")
def test_a_script_of_ours_says_so_too(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    script = re.search(r'src="(/static/[^"]+\.js)"', page)
    assert script
    found = client.get(script[1])
    assert found.status_code == 200
    for name, wanted in expected("anonymous", {}).items():
        assert re.fullmatch(wanted, found.get(name, "")), name
    assert found.getvalue()
    found.close()
    assert found["Content-Type"] == 'text/javascript; charset="utf-8"'


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.4.1", "13.4.2")
def test_in_production_cookies_are_the_hosts_alone_and_all_is_told_to_be_by_tls(
    production: Production,
) -> None:
    pages = production("/accounts/login/", "/nowhere/", "/api/v1/schema/candidate.json", "/health/live")
    for page in pages:
        age = re.fullmatch(r"max-age=(\d+); includeSubDomains", page["headers"]["Strict-Transport-Security"])
        assert age
        assert int(age[1]) >= 31_536_000
        assert "Traceback" not in page["body"]
        assert "DEBUG" not in page["body"]
    (cookie,) = pages[0]["cookies"]
    assert cookie.startswith("__Host-csrf=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.django_db
@pytest.mark.asvs("3.3.4")
def test_the_key_of_a_log_in_stands_in_the_cookie_alone(client: Client, ada: User) -> None:
    answer = client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    key = answer.cookies["session"].value
    assert answer.cookies["session"]["httponly"]
    assert answer.cookies["session"]["samesite"] == "Lax"
    for path in ("/", "/profile/", "/accounts/sessions/", "/accounts/data/", "/api/v1/sessions/"):
        assert key not in client.get(path).content.decode()
