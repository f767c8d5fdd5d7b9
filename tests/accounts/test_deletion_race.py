"""A deletion in the middle of an export, and two deletions at once, on real transactions."""

from __future__ import annotations

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from interviews.errors import Refused
from mlsd_site.accounts.archive import write
from mlsd_site.accounts.deletion import delete
from mlsd_site.accounts.models import User
from tests.interviews.stage import alone

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(work: Any) -> Any:
    """What `work` returns, on a connection of its own."""

    def run() -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


class Interrupted(BytesIO):
    """A file during whose writing the account is deleted."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.user = user
        self.done = False

    def write(self, data: Any) -> int:
        if not self.done:
            self.done = True
            in_a_thread(lambda: delete(user_id=self.user.pk, now=timezone.now()))
        return super().write(data)


def test_a_deletion_meanwhile_does_not_tear_an_export(ada: User) -> None:
    session = alone(ada)
    file = Interrupted(ada)
    write(ada, file, timezone.now())
    assert not User.objects.filter(pk=ada.pk).exists()
    with zipfile.ZipFile(file) as taken:
        [name] = [name for name in taken.namelist() if name.endswith("session.json")]
        assert json.loads(taken.read(name))["session"] == str(session.pk)


def test_two_deletions_at_once_delete_once(ada: User) -> None:
    alone(ada)

    def attempt(_: int) -> str:
        try:
            delete(user_id=ada.pk, now=timezone.now())
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["done", "gone"]


def test_an_export_after_the_deletion_is_refused(ada: User) -> None:
    delete(user_id=ada.pk, now=timezone.now())
    with pytest.raises(Refused, match="deleted already"):
        write(ada, BytesIO(), timezone.now())
