"""EMAIL_URL: every kind that the manual names sends by a line that is encrypted; no other leaves mails lying."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mlsd_site.mail_server import read_mail_server

ROOT = Path(__file__).resolve().parent.parent.parent
NAMED = re.compile(r"\b[a-z+]+://user:password@[\w.:/?=]*\b(?=[`' ])")


@pytest.mark.parametrize(
    "page", ["docs/operations.md", "compose.yaml", "docs/deploy/kubernetes/production/kustomization.yaml"]
)
def test_what_the_manual_names_is_known_and_encrypted(page: str) -> None:
    urls = [one for one in NAMED.findall((ROOT / page).read_text()) if not one.startswith("postgresql")]
    assert urls
    for url in urls:
        found = read_mail_server(url)
        assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
        assert found["EMAIL_USE_TLS"] != found["EMAIL_USE_SSL"]
        assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"]) in ((587, False), (465, True))


@pytest.mark.parametrize(
    "url", ["smtp+tls://user:password@host:587", "consolemail://", "mail.example.com", "http://x"]
)
def test_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="of no known kind") as refused:
        read_mail_server(url)
    assert "user:password@host:587" not in str(refused.value)
