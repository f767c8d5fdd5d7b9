"""Bringing messages, against a receiver that is really there and behaves as badly as it likes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from interviews.webhooks import client
from interviews.webhooks.client import KEPT, Answer, Message, send_all
from interviews.webhooks.policy import Policy
from interviews.webhooks.signing import signature
from tests.interviews.judging import stub
from tests.interviews.webhooks import certificates

LOCAL = Policy(local=True)
HOST = "hooks.example.com"
NOT_PUBLIC = "The name of this host leads to an address that is not one of the public internet."


def message(url: str, **more: Any) -> Message:
    given = {
        "id": "msg_1",
        "body": b'{"type":"webhook.test"}',
        "secrets": (b"s" * 32,),
        "timestamp": 1614265330,
    }
    return Message(url=url, **{**given, **more})


def send(url: str, policy: Policy = LOCAL, *leads_to: str) -> Answer:
    """What comes of one message; names are looked up as leading to these addresses, where any are given."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        return leads_to

    found = send_all([message(url)], policy, *([resolve] if leads_to else []))
    return found[0]


def test_a_message_arrives_byte_for_byte_with_its_signature() -> None:
    with stub.serving(stub.answers(200, b"thanks")) as receiver:
        assert send(receiver.url) == Answer(200, "thanks", "")
    sent, said = receiver.bodies[0], receiver.headers[0]
    assert sent == b'{"type":"webhook.test"}'
    assert said["webhook-id"] == "msg_1"
    assert said["webhook-signature"] == signature([b"s" * 32], id="msg_1", timestamp=1614265330, body=sent)
    assert said["Content-Type"] == "application/json"
    assert said["Host"] == f"127.0.0.1:{receiver.port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.asvs("1.3.6")
def test_a_redirect_is_not_followed(status: int) -> None:
    with stub.serving(stub.answers(200)) as other:
        with stub.serving(stub.answers(status, Location=f"{other.url}/secret")) as receiver:
            answer = send(receiver.url)
        assert other.bodies + other.followed == []
    assert not answer.is_delivered
    assert "redirect" in answer.error


@pytest.mark.parametrize(
    ("status", "arrived", "gone"), [(204, True, False), (410, False, True), (500, False, False)]
)
def test_what_an_answer_means(status: int, arrived: bool, gone: bool) -> None:
    with stub.serving(stub.answers(status, b"")) as receiver:
        answer = send(receiver.url)
    assert (answer.status, answer.is_delivered, answer.is_gone) == (status, arrived, gone)


@pytest.mark.asvs("1.3.6")
def test_a_name_that_now_leads_to_a_private_address_is_not_connected_to() -> None:
    """DNS rebinding: the name was fine when it was written down."""
    with stub.serving(stub.answers(200)) as receiver:
        url = f"https://{HOST}/hook"
        for found in (
            "127.0.0.1",
            "10.0.0.1",
            "169.254.169.254",
            "::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
        ):
            assert send(url, Policy(), found) == Answer(error=NOT_PUBLIC)
        assert send(url, Policy(), "8.8.8.8", "127.0.0.1") == Answer(error=NOT_PUBLIC)
        assert receiver.bodies == []


def test_the_connection_goes_to_the_address_that_was_checked_by_the_name_that_was_written(
    tmp_path: Path,
) -> None:
    """The name exists nowhere, so only what `resolve` said can lead here; TLS and Host are the name's."""
    tls, authority = certificates.for_name(HOST, tmp_path)
    names: list[str | None] = []
    tls.sni_callback = lambda connection, name, context: names.append(name)
    policy = Policy(local=True, ca_file=str(authority))
    with stub.serving(stub.answers(200), tls) as receiver:
        answer = send(f"https://{HOST}:{receiver.port}/hook", policy, "127.0.0.1")
    assert answer.is_delivered, answer
    assert names == [HOST]
    assert receiver.headers[0]["Host"] == f"{HOST}:{receiver.port}"


def test_a_certificate_for_another_name_or_of_an_unknown_authority_is_refused(tmp_path: Path) -> None:
    tls, authority = certificates.for_name("other.example.com", tmp_path)
    with stub.serving(stub.answers(200), tls) as receiver:
        url = f"https://{HOST}:{receiver.port}/"
        for policy in (LOCAL, Policy(local=True, ca_file=str(authority))):
            assert send(url, policy, "127.0.0.1").error == "Its certificate is not valid for this name."
    assert receiver.bodies == []


def test_where_one_address_does_not_answer_the_next_is_tried() -> None:
    with stub.serving(stub.answers(200)) as receiver:
        answer = send(f"http://{HOST}:{receiver.port}/", LOCAL, "127.0.0.9", "127.0.0.1")
    assert answer.is_delivered, answer


def test_what_cannot_be_reached_says_so() -> None:
    assert "could not be reached (ConnectError)" in send("http://127.0.0.1:1/").error
    assert send("http://name.invalid:1/").error == "The name of this host could not be looked up."


@pytest.mark.parametrize("manner", [stub.drips, stub.drips_headers])
def test_who_drips_is_left(manner: stub.Manner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "SECONDS", 0.5)
    with stub.serving(manner) as receiver:
        assert send(receiver.url).error == "There was no answer within 0.5 seconds."


def test_of_a_flood_only_the_beginning_is_read() -> None:
    with stub.serving(stub.floods) as receiver:
        answer = send(receiver.url)
    assert answer.is_delivered
    assert len(answer.text) == KEPT


def test_what_is_kept_of_an_answer_is_text() -> None:
    with stub.serving(stub.answers(500, b"a\x00\x1b[31m\xff b\n")) as receiver:
        assert send(receiver.url).text == "a[31m\N{REPLACEMENT CHARACTER} b\n"


def test_all_are_sent_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that never answers delays no other."""
    monkeypatch.setattr(client, "SECONDS", 0.5)
    with stub.serving(stub.drips) as slow, stub.serving(stub.answers(200)) as quick:
        found = send_all([message(slow.url), message(quick.url)], LOCAL)
    assert [one.is_delivered for one in found] == [False, True]


def test_neither_a_proxy_nor_certificates_of_the_environment_are_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with stub.serving(stub.answers(200)) as receiver:
        assert send(receiver.url).is_delivered
