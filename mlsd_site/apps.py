from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "mlsd_site"

    def ready(self) -> None:
        """Make ours the current Celery application, or every `shared_task` of this process would call a default
        one that knows no broker."""
        import_module("mlsd_site.celery")
