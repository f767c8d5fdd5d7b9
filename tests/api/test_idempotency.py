"""Asking twice with one key does what was asked once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.models import Session
from mlsd_site.accounts.models import KeptAnswer, User
from tests.api.conftest import Program

SESSIONS = "/api/v1/sessions/"
WISH = {"case": "ad-clicks", "arrangement": "alone", "framework": "seven-step", "level": "senior"}


def ask(client: Client, key: str = "one", **changed: object) -> Any:
    return client.post(
        SESSIONS, {**WISH, **changed}, content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_the_second_answer_is_the_first(case_version: CaseVersion, ada: User, program: Program) -> None:
    client = program(ada)
    first, second = ask(client), ask(client)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true"
    assert Session.objects.count() == 1


def test_another_request_with_the_key_is_refused(
    case_version: CaseVersion, ada: User, program: Program
) -> None:
    client = program(ada)
    ask(client)
    other = ask(client, level="staff")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert Session.objects.count() == 1


def test_a_key_is_its_users_alone(case_version: CaseVersion, ada: User, ben: User, program: Program) -> None:
    ask(program(ada))
    ask(program(ben))
    assert Session.objects.count() == 2


def test_what_was_refused_may_be_asked_again(case_version: CaseVersion, ada: User, program: Program) -> None:
    client = program(ada)
    assert ask(client, case="nowhere").status_code == 400
    assert ask(client).status_code == 201


def test_a_key_is_forgotten_after_a_day(case_version: CaseVersion, ada: User, program: Program) -> None:
    client = program(ada)
    ask(client, "old")
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    ask(client, "new")
    assert KeptAnswer.objects.count() == 1
    ask(client, "old")
    assert Session.objects.count() == 3


@pytest.mark.parametrize("key", ["", "x" * 201, "a\tb"])
def test_a_key_that_is_none_is_refused(
    case_version: CaseVersion, ada: User, program: Program, key: str
) -> None:
    assert ask(program(ada), key).status_code == 400


def test_only_a_hash_of_the_key_is_kept(case_version: CaseVersion, ada: User, program: Program) -> None:
    ask(program(ada), "my-secret-key")
    assert "my-secret-key" not in str(KeptAnswer.objects.values().get())


@pytest.mark.django_db(transaction=True)
@pytest.mark.asvs("2.3.3")
def test_two_at_once_do_it_once(case_version: CaseVersion, ada: User, program: Program) -> None:
    clients, answers, gate = [program(ada) for _ in range(6)], [], threading.Barrier(6)

    def go(client: Client) -> None:
        gate.wait()
        answers.append(ask(client))
        connection.close()

    threads = [threading.Thread(target=go, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Session.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    made = {answer.content for answer in answers if answer.status_code == 201}
    assert len(made) == 1
    assert all(answer.json()["code"] == "key_in_use" for answer in answers if answer.status_code == 409)
