"""A relay for calls: coturn itself, as compose.yaml has it run, on this machine's own address."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.e2e.product import ROOT, until

SECRET = "only-for-tests-of-the-relay"
# What the relay of the tests is asked for and the one of compose.yaml must refuse, and what differs by machine.
OTHERWISE = (
    "--denied-peer-ip=127.",
    "--denied-peer-ip=::1",
    "--listening-port",
    "--static-auth-secret",
    "--realm",
    "--log-file",
)


class Relay:
    """Has an address from the start, and answers there from `start` to `stop`."""

    def __init__(self, folder: Path) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {"TURN_URLS": f"turn:127.0.0.1:{self.port}?transport=udp", "TURN_SECRET": SECRET}
        self._log = folder / "relay.log"
        self._own = [f"--pidfile={folder / 'relay.pid'}", f"--userdb={folder / 'relay.db'}"]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return once it listens; a missing coturn is an error and no skip."""
        path = os.environ.get("TURNSERVER") or shutil.which("turnserver")
        if path is None:
            pytest.fail(
                "There is no coturn. On Debian: apt-get install coturn. Or set TURNSERVER to its path."
            )
        command: list[str] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["turn"][
            "command"
        ]
        kept = [option for option in command if not option.startswith(OTHERWISE)]
        here = [
            "-n",  # no settings of this machine's
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            "--allow-loopback-peers",
            f"--listening-port={self.port}",
            f"--static-auth-secret={SECRET}",
            "--realm=tests",
            "--log-file=stdout",
            "--verbose",
        ]
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(
                [path, *here, *self._own, *kept], stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        until(self._listens, 20, lambda: f"The relay does not listen:\n{self.log()[-3_000:]}")

    def log(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def stop(self) -> None:
        """Whoever goes by it is cut off."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    def _listens(self) -> bool:
        """Whether it answers a STUN binding request (RFC 8489, section 5)."""
        request = bytes.fromhex("0001 0000 2112a442") + b"a" * 12
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.settimeout(0.5)
            try:
                line.sendto(request, ("127.0.0.1", self.port))
                return line.recv(100)[:2] == b"\x01\x01"
            except OSError:
                return False
