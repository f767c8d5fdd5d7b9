"""The web process: `python -m mlsd_site.web --host 127.0.0.1 --port 8000`."""

from __future__ import annotations

import argparse
import sys

import uvicorn

from interviews.room.lane import LaneProtocol

# A little over the largest frame that a room takes; what is larger closes the socket with 1009.
LARGEST_MESSAGE = 256 * 1024


def command(host: str, port: int) -> list[str]:
    """What starts a web process at this address."""
    return [sys.executable, "-m", "mlsd_site.web", "--host", host, "--port", str(port)]


def main() -> None:
    """Serve until a signal; sockets then have five seconds to say what they still have to."""
    parser = argparse.ArgumentParser(prog="mlsd_site.web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    wanted = parser.parse_args()
    uvicorn.run(
        "mlsd_site.asgi:application",
        host=wanted.host,
        port=wanted.port,
        ws=LaneProtocol,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,  # it costs memory and time for each socket, and amplifies what an attacker sends
        access_log=False,
        proxy_headers=False,  # BEHIND_PROXY alone says whether they are believed (proxy.py)
        timeout_graceful_shutdown=5,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
