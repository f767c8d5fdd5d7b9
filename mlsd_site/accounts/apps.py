from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mlsd_site.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import audit, lifetimes, rotation, trail

        for one in (audit, lifetimes, rotation, trail):
            one.listen()
