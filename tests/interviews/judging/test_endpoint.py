from __future__ import annotations

import pytest

from interviews.judging.endpoint import BadEndpoint, Endpoint, checked_url, read

SETTINGS = {"JUDGE_URL": "https://judge.example/v1/", "JUDGE_MODEL": "m"}


def made(key: str = "", **changed: str) -> Endpoint | None:
    return read({**SETTINGS, **{f"JUDGE_{name.upper()}": value for name, value in changed.items()}}, key=key)


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
@pytest.mark.asvs("1.3.6", "13.2.4")
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
        {"timeout": "0"},
        {"timeout": "91"},
        {"timeout": "soon"},
        {"timeout": "²"},
        {"answer_tokens": "99"},
        {"calls_per_day": "-1"},
        {"tokens_per_day": "9" * 5000},
        {"format": "xml"},
        {"when": "never"},
        {"key": "a\nb"},
        {"key": "ключ"},
    ],
)
def test_settings_that_contradict_themselves_stop_the_start(changed: dict[str, str]) -> None:
    with pytest.raises(BadEndpoint, match="JUDGE_"):
        made(**changed)


def test_what_is_left_empty_is_the_default() -> None:
    assert made(timeout="", format="", when="", calls_per_day="") == made()
