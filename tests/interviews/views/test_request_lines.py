"""The line that a request leaves in the log."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from interviews.models import Session
from mlsd_site.accounts.models import User
from mlsd_site.logs import JsonFormatter


def test_a_request_is_told_by_its_route_and_numbers(
    as_ada: Client, ada: User, lobby: Session, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        response = as_ada.get(f"/sessions/{lobby.pk}/")
    record = next(one for one in caplog.records if one.name == "mlsd_site.requests")
    facts = vars(record)
    assert (facts["status"], facts["user"], facts["session"]) == (
        response.status_code,
        ada.pk,
        str(lobby.pk),
    )
    assert facts["route"].startswith("interviews:")
    assert "Ada" not in JsonFormatter().format(record)
