"""Run the whole product: prepare the database, then web, worker and beat until Ctrl-C."""

from __future__ import annotations

import io
import json
import os
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mlsd_site import web
from mlsd_site.embedded import ServiceError, Services, ensure
from mlsd_site.embedded.ports import PortError, must_be_free
from mlsd_site.embedded.supervisor import Child, Supervisor


class Command(BaseCommand):
    help = "Run web, worker and beat on the embedded servers (or on those that the environment names)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        started = time.monotonic()
        try:
            must_be_free(host, port)
        except PortError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Preparing the database ...")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_cases")
        logins = call_command("load_demo", stdout=io.StringIO()) or ""  # said when it is ready, not now
        (settings.LOCAL_DIR / "mail").mkdir(parents=True, exist_ok=True)
        services = ensure(profile=os.environ.get("EMBEDDED_PROFILE", "dev"))  # type: ignore[arg-type]
        address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
        os.environ.setdefault("SITE_URL", address)  # of the links in mails
        supervisor = Supervisor(
            _children(host, port, services.places.state / "beat"),
            each_second=lambda: _keep_servers(supervisor, services),
        )

        def ready() -> bool:
            if not _is_ready(host, port):
                return False
            took = time.monotonic() - started
            for line in [
                "",
                f"Two Loops is ready at {address} ({took:.1f} s)",
                *logins.splitlines(),
                "Ctrl-C stops it; everything is kept.",
                "",
            ]:
                supervisor.say("up", line)
            return True

        status = supervisor.run(ready=ready)
        self.stdout.write("Stopped; everything is kept. `python3 dev.py run` goes on where it was.")
        sys.exit(status)


def _children(host: str, port: int, beat_state: Path) -> list[Child]:
    beat = [
        *("--quiet", "-A", "mlsd_site", "beat", "--pidfile="),
        *("--schedule", str(beat_state), "--loglevel", "WARNING"),
    ]
    return [
        Child("web", web.command(host, port)),
        Child("worker", _worker("scoring,default")),
        # Mail servers and the receivers of webhooks may not answer; they hold up nothing else.
        Child("mail", _worker("mail")),
        # Calls to the judge may take a minute each; they hold up nothing else.
        *([Child("judge", _worker("judging"))] if settings.JUDGE else []),
        Child("beat", [sys.executable, "-m", "celery", *beat]),
    ]


def _worker(queues: str) -> list[str]:
    return [
        sys.executable,
        # Root is warned off; the embedded mode is a try on one's own machine, often in a container.
        *("-W", "ignore:::celery.platforms", "-m", "celery", "--quiet", "-A", "mlsd_site", "worker"),
        *("--queues", queues, "--concurrency", "1", "--hostname", f"{queues.split(',')[0]}@%h"),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    ]


def _keep_servers(supervisor: Supervisor, services: Services) -> None:
    """Start a killed PostgreSQL or Valkey again, on the same data and address."""
    try:
        for name in services.revive():
            supervisor.say("up", f"{name} had died and was started again")
    except ServiceError as error:
        supervisor.say("up", str(error))


def _is_ready(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/health/ready", timeout=2) as answer:
            return bool(json.load(answer)["ready"])
    except (OSError, ValueError, urllib.error.URLError):
        return False
