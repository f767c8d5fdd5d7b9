"""How commands and the supervisor end, and what they leave."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mlsd_site.embedded import leftovers
from mlsd_site.embedded.places import Places
from tests.e2e.product import ROOT, Product, until
from tests.platform.process import CLEAN, is_running

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_told_to_end_takes_the_servers_with_it(number: signal.Signals) -> None:
    script = "from mlsd_site import embedded; import time; "
    script += "print(embedded._services.postgres.pid(), flush=True); time.sleep(60)"
    command = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", script],
        cwd=ROOT,
        env=CLEAN | {"DEBUG": "1", "EMBEDDED_PROFILE": "trial"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert command.stdout
    pid = command.stdout.readline().strip()
    assert is_running(pid)
    command.send_signal(number)
    assert command.wait(20) == 128 + number
    assert not is_running(pid)
    command.stdout.close()


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"DEBUG": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert f"--port {port + 1}" in done.stderr


def test_the_supervisor_takes_its_children_with_it(tmp_path: Path) -> None:
    product = Product(tmp_path / "log")
    children = [product.pid(name) for name in ("web", "worker", "beat")]
    os.kill(product._up.pid, signal.SIGKILL)
    product._up.wait(10)
    until(lambda: not any(is_running(str(pid)) for pid in children), 40, "Children outlived the supervisor.")
    left = [product.pid(name) for name in ("postgres", "valkey")]
    assert all(is_running(str(pid)) for pid in left)
    leftovers.clear(Places.of("dev"))
    until(
        lambda: not any(is_running(str(pid)) for pid in left), 20, "The servers of a killed trial still run."
    )
