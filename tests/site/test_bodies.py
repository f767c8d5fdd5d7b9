"""A body that is no JSON is refused in words, whatever it is."""

from __future__ import annotations

import pytest
from django.test import Client

from casebank.models import Draft

JSON = "application/json"


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe{",
        b"{",
        b"9" * 10_000,
        b"NaN",
        b"\x00",
    ],
    ids=["lists", "objects", "utf-16", "open", "digits", "nan", "nul"],
)
@pytest.mark.asvs("1.1.1")
def test_a_body_that_cannot_be_read(as_ada: Client, body: bytes) -> None:
    refused = as_ada.post("/api/v1/drafts/", body, content_type=JSON)
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
    assert not Draft.objects.exists()
