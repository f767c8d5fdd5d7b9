"""The call itself, against a real server that misbehaves."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from interviews.judging import client
from interviews.judging.endpoint import Budget, Endpoint
from tests.interviews.judging import stub

BUDGET = Budget(100, 100, 10**6, 10**6)
BODY: dict[str, Any] = {"messages": [{"role": "system", "content": ""}, {"role": "user", "content": "x"}]}


def endpoint(url: str, **changed: Any) -> Endpoint:
    return replace(Endpoint(url, "stub", BUDGET, key=stub.KEY, timeout=1), **changed)


def failure(manner: stub.Manner) -> client.Failed:
    with stub.serving(manner) as server, pytest.raises(client.Failed) as failed:
        client.ask(endpoint(server.url), BODY)
    assert stub.KEY not in str(failed.value)
    assert server.url not in str(failed.value)
    return failed.value


def test_an_answer_comes_with_its_tokens_and_the_key_goes_in_the_header() -> None:
    with stub.serving(stub.says("{}")) as server:
        assert client.ask(endpoint(server.url), BODY) == client.Reply("{}", 1234)
    assert server.headers[0]["Authorization"] == f"Bearer {stub.KEY}"
    assert server.headers[0]["Accept-Encoding"] == "identity"


def test_without_a_key_no_header_is_sent() -> None:
    with stub.serving(stub.says("{}")) as server:
        client.ask(endpoint(server.url, key=""), BODY)
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize("manner", [stub.drips, stub.drips_headers])
def test_a_slow_drip_ends_in_time(manner: stub.Manner) -> None:
    assert "within 1 seconds" in str(failure(manner))


def test_a_flood_ends_early() -> None:
    assert "larger than 256 kB" in str(failure(stub.floods))


@pytest.mark.asvs("15.3.2")
def test_a_redirect_is_not_followed() -> None:
    with (
        stub.serving(stub.answers(307, Location="/elsewhere")) as server,
        pytest.raises(client.Failed) as failed,
    ):
        client.ask(endpoint(server.url), BODY)
    assert failed.value.final
    assert server.followed == []
    assert len(server.asked) == 1


def test_a_compressed_answer_is_not_unpacked() -> None:
    assert "compressed" in str(failure(stub.answers(200, b"\x1f\x8b", Content_Encoding="gzip")))


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 413, 422])
def test_what_will_not_get_better_is_final(status: int) -> None:
    assert failure(stub.answers(status, stub.KEY.encode())).final


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_get_better_is_not(status: int) -> None:
    assert not failure(stub.answers(status)).final


@pytest.mark.parametrize(
    ("header", "wait"), [("7", 7), ("999999", 600), ("-5", 0), ("soon", 0), ("1" * 5000, 0), ("²", 0)]
)
def test_the_wait_that_is_asked_for_is_kept_within_reason(header: str, wait: int) -> None:
    assert failure(stub.answers(429, Retry_After=header)).wait == wait


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b"1" * 5000,
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"choices": []}',
        b'{"choices": [{"message": []}]}',
        b'{"choices": {"0": 1}}',
        b'{"choices": [{"message": {"content": 7}}]}',
        b'{"choices": [{"message": {"content": ""}}]}',
    ],
)
def test_what_no_chat_endpoint_sends_is_said(body: bytes) -> None:
    assert "answer was" in str(failure(stub.answers(200, body)))


def test_a_refusal_and_a_cut_answer_are_told_apart() -> None:
    assert "refused" in str(failure(stub.says(None, refusal="I will not.")))
    assert "refused" in str(failure(stub.says("{}", finish="content_filter")))
    assert "cut off" in str(failure(stub.says('{"items": [', finish="length")))


@pytest.mark.parametrize("tokens", ["many", -1, 0, True, 1.5, 10**12, None])
def test_tokens_that_make_no_sense_are_not_believed(tokens: object) -> None:
    body = {"choices": [{"message": {"content": "{}"}}], "usage": {"total_tokens": tokens}}
    with stub.serving(stub.answers(200, json.dumps(body).encode())) as server:
        assert client.ask(endpoint(server.url), BODY).tokens is None


def test_nobody_there_is_said() -> None:
    with stub.serving(stub.says("{}")) as server:
        url = server.url
    with pytest.raises(client.Failed, match="could not be reached"):
        client.ask(endpoint(url), BODY)


def test_the_key_stands_in_no_repr() -> None:
    assert stub.KEY not in repr(endpoint("https://judge.example/v1"))
