"""The web process: how the ASGI application is served, wherever it is started from."""

from __future__ import annotations

import sys


def command(host: str, port: int) -> list[str]:
    """What starts a web process at this address."""
    return [
        *(sys.executable, "-m", "uvicorn", "mlsd_site.asgi:application"),
        *("--host", host, "--port", str(port)),
        *("--ws", "websockets-sansio", "--ws-max-size", "262144", "--ws-per-message-deflate", "false"),
        *("--no-access-log", "--timeout-graceful-shutdown", "5", "--log-level", "warning"),
    ]
