from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mlsd_site.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import lifetimes, rotation, trail

        for one in (lifetimes, rotation, trail):
            one.listen()
