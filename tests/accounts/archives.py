"""Taking all of one's data along, as somebody does it in a browser while a worker makes it."""

from __future__ import annotations

import zipfile
from io import BytesIO

from django.test import Client
from django.utils import timezone

from mlsd_site.accounts import archive_outbox
from mlsd_site.accounts.models import Archive, User


def made(browser: Client) -> str:
    """Ask for one and let a worker's task make it; where it is."""
    asked = browser.post("/accounts/data/archive/")
    assert asked.status_code == 302, asked.content
    assert archive_outbox.sweep(now=timezone.now())
    row = Archive.objects.get(user=User.objects.get(pk=browser.session["_auth_user_id"]))
    return f"/accounts/data/archive/{row.pk}/"


def taken(browser: Client) -> bytes:
    """Ask for one, wait, and download it."""
    answer = browser.get(made(browser))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    return answer.getvalue()


def export(browser: Client) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(taken(browser)))
