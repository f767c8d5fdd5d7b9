"""Sending a text as a file."""

from __future__ import annotations

from django.http import HttpResponse


def download(text: str, name: str) -> HttpResponse:
    """The text as `name`.yaml, to be saved and never shown as a page. `name` is a slug."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)
