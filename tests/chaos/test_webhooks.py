"""The worker that sends webhooks is killed: what a session's end had queued arrives all the same, under its id."""

from __future__ import annotations

import threading

import httpx
import pytest

from tests.chaos.client import post
from tests.e2e.product import Product, until
from tests.interviews.judging import stub

pytestmark = pytest.mark.chaos


def test_what_was_queued_arrives_after_the_worker_is_killed(
    product: Product, people: dict[str, httpx.Client]
) -> None:
    came, answers = threading.Event(), threading.Event()

    def waits(answer: stub.Answer, asked: stub.Asked) -> None:
        """The first one finds nobody who answers."""
        came.set()
        answers.wait(30)
        answer.raw(200, b"")

    with stub.serving(waits) as receiver:
        ada = people["ada"]
        product.sql("UPDATE interviews_seat SET is_live = false")
        add = {"url": receiver.url, "events": "session.ended"}
        assert "whsec_" in post(ada, "/accounts/webhooks/", add, page="/accounts/webhooks/").text
        session = alone(ada)
        assert came.wait(60), product.log()
        # Committed and taken, and nobody will ever know what came of it.
        product.kill("mail", children=True)
        answers.set()
        ((state, attempts),) = product.sql("SELECT state, attempts FROM interviews_webhookdelivery")
        assert (state, attempts) == ("queued", 1)
        # As if its lease had run out.
        product.sql("UPDATE interviews_webhookdelivery SET next_at = now()")
        until(
            lambda: product.sql("SELECT 1 FROM interviews_webhookdelivery WHERE state = 'delivered'"),
            90,
            product.log,
        )
        ids = [said["webhook-id"] for said in receiver.headers]
        assert len(ids) == 2
        assert len(set(ids)) == 1
        assert receiver.asked[1]["data"]["session"] == session
        product.sql("DELETE FROM interviews_webhookdelivery")
        product.sql("DELETE FROM interviews_webhook")


def alone(person: httpx.Client) -> str:
    """A session that this person holds alone and hands in; its id."""
    new = "/sessions/new/?case=ad-click-prediction"
    wish = {
        "case": "ad-click-prediction",
        "arrangement": "alone",
        "framework": "seven-step",
        "level": "senior",
        "although_seen": "on",
    }
    made = post(person, "/sessions/new/", wish, page=new)
    session = made.headers["Location"].strip("/").split("/")[-1]
    room = f"/sessions/{session}/"
    for verb in ("start", "submit"):
        assert post(person, f"{room}{verb}/", {}, page=room).status_code < 400
    return session
