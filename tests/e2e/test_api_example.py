"""The example of docs/api.md, as anybody would run it, against the product as it runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.product import ROOT, Product, until

EXAMPLE = ROOT / "docs" / "examples" / "interview.py"
TOKENS = """
from pathlib import Path
from django.utils import timezone
from mlsd_site.accounts import tokens
from mlsd_site.accounts.models import User
def token(name):
    user = User.objects.create_user(name.lower() + "@example.com", None, display_name=name)
    return tokens.create(by=user, name=name, scopes=tokens.SCOPES, days=1, now=timezone.now())[1]
Path({file!r}).write_text(token("Rosa") + " " + token("Tom"))
"""
# The doors of what was booked open, as if the time had come.
SOON = "starts_at = now() + interval '5 minutes', ends_at = now() + interval '50 minutes'"


@pytest.mark.browser
def test_the_example_books_runs_and_scores(product: Product, tmp_path: Path) -> None:
    kept, said = tmp_path / "tokens", tmp_path / "said"
    product.manage("shell", "-c", TOKENS.format(file=str(kept)))
    with said.open("wb") as output:
        command = [sys.executable, str(EXAMPLE), product.url, *kept.read_text().split()]
        script = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        until(lambda: script.poll() is not None or "Booked for" in said.read_text(), 120, said.read_text)
        mine = "SELECT booking_id FROM interviews_bookingseat WHERE user_id = (SELECT id FROM accounts_user"
        ((booking,),) = product.sql(f"{mine} WHERE email = 'rosa@example.com')")
        product.sql(f"UPDATE interviews_bookingseat SET {SOON} WHERE booking_id = %s", booking)
        product.sql(f"UPDATE interviews_booking SET {SOON} WHERE id = %s", booking)
        assert script.wait(300) == 0, said.read_text() + product.log()
    finally:
        script.kill()
    assert "Score: " in said.read_text()


def test_the_docs_hold_the_example_and_it_is_short() -> None:
    text = EXAMPLE.read_text()
    assert len(text.splitlines()) <= 60
    assert "(examples/interview.py)" in (ROOT / "docs" / "api.md").read_text()
