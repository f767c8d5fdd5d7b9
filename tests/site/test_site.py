from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_it_lives(client: Client) -> None:
    assert client.get("/health/live").json() == {"live": True}


def test_it_is_ready_with_postgres_and_redis(client: Client) -> None:
    found = client.get("/health/ready").json()
    figures = {
        "oldest_score_waits_s": 0,
        "oldest_mail_waits_s": 0,
        "oldest_webhook_waits_s": 0,
        "mails_stuck": 0,
        "oldest_judgement_waits_s": 0,
    }
    pool = {"connections_free": 0, "connections_used": 0, "connections_waited_for": 0}
    here = {"sockets": 0, "rooms": 0, "loop_lag_ms": 0, **pool}
    here |= {"disk_is_low": False, "postgres_takes_writes": True}
    found.pop("beat_ticked_s_ago")  # of whichever test let it tick last
    assert found == {"ready": True, "postgres": "ok", "redis": "ok", **figures, **here}


def test_without_redis_it_says_what_is_missing(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["redis"]) == (503, "does not answer")


def test_pages_carry_a_strict_policy(client: Client) -> None:
    response = client.get("/")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_no_page_holds_inline_script(client: Client) -> None:
    page = client.get("/").content.decode()
    assert page.count("<script") == len(re.findall(r'<script (?:type="module" )?src="/static/', page))


def test_an_unknown_address_says_so(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_the_api_answers_in_problem_json(client: Client) -> None:
    response = client.get("/api/v1/nowhere/")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


def test_a_form_without_its_token_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert "out of date" in response.content.decode()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "k" * 50}, "Set DATABASE_URL"),
    ],
)
@pytest.mark.asvs("13.2.3")
def test_the_settings_fail_closed(environment: dict[str, str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import mlsd_site.settings"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert said in done.stderr
