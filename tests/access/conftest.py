"""The scene that every test of access asks."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.access.asking import Scene


@pytest.fixture
def scene(db: None, settings: Settings) -> Iterator[Scene]:
    """Limits are counted in this process, so that they can be forgotten."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    logging.disable(logging.WARNING)
    yield Scene()
    logging.disable(logging.NOTSET)
