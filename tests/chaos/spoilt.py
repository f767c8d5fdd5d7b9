"""A pytest plugin that puts the sabotage named by CHAOS_SABOTAGE on, once all tests are collected."""

from __future__ import annotations

import os

from tests.chaos.sabotage import SABOTAGES


def pytest_collection_finish() -> None:
    """The product is imported and Django set up by now."""
    if name := os.environ.get("CHAOS_SABOTAGE"):
        SABOTAGES[name]()
