from __future__ import annotations

from typing import Any

import pytest

from interviews.judging.endpoint import BadEndpoint, Budget, Endpoint, checked_url, configured

SETTINGS: dict[str, Any] = {
    "url": "https://judge.example/v1/",
    "model": "m",
    "key": "",
    "timeout": 60,
    "answer_tokens": 3000,
    "format": "json_schema",
    "when": "asked",
    "allow_local": False,
    "budget": Budget(1, 1, 1, 1),
}


def made(**changed: Any) -> Endpoint | None:
    return configured(**{**SETTINGS, **changed})


def test_without_address_and_model_there_is_no_judge() -> None:
    assert made(url="", model="") is None


def test_the_host_is_what_people_are_told() -> None:
    endpoint = made()
    assert endpoint is not None
    assert (endpoint.url, endpoint.host) == ("https://judge.example/v1", "judge.example")


@pytest.mark.parametrize(
    "url",
    [
        "http://judge.example/v1",
        "ftp://judge.example",
        "//judge.example",
        "judge.example",
        "https://user:secret@judge.example",
        "https://judge.example/v1?key=1",
        "https://judge.example/#x",
        "https://",
        "https://judge.example:99999",
        "https://[::1",
        "https://judge.example/\n",
        "http://localhost.judge.example",
        "http://127.0.0.1.judge.example",
        "http://localhost:8080",
        "https://127.0.0.1",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(BadEndpoint):
        checked_url(url, allow_local=False)


@pytest.mark.parametrize("url", ["http://localhost:11434/v1", "http://127.0.0.1:8080", "https://[::1]:1/v1"])
def test_this_machine_is_asked_where_a_setting_says_so(url: str) -> None:
    assert checked_url(url, allow_local=True) == url


def test_plain_http_to_another_machine_stays_refused() -> None:
    with pytest.raises(BadEndpoint):
        checked_url("http://judge.example", allow_local=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"url": ""},
        {"model": ""},
        {"model": "m" * 81},
        {"model": "m\n"},
        {"timeout": 0},
        {"timeout": 91},
        {"answer_tokens": 0},
        {"format": "xml"},
        {"when": "never"},
        {"key": "a\nb"},
        {"key": "ключ"},
    ],
)
def test_settings_that_contradict_themselves_stop_the_start(changed: dict[str, Any]) -> None:
    with pytest.raises(BadEndpoint, match="JUDGE_"):
        made(**changed)
