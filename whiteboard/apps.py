from __future__ import annotations

from django.apps import AppConfig


class WhiteboardConfig(AppConfig):
    name = "whiteboard"
