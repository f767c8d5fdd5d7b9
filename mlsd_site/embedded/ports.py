"""Whether the site may have its port; asked before anything is set up or started."""

from __future__ import annotations

import socket


class PortError(Exception):
    """The port cannot be had; the text names it and the way out."""


def must_be_free(host: str, port: int) -> None:
    """Return if `host`:`port` can be listened on; PortError otherwise."""
    if not 1 <= port <= 65535:
        raise PortError(f"There is no port {port}: choose one from 1024 to 65535, for example --port 8000.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else 8000
            raise PortError(
                f"Port {port} on {host} cannot be used: {error.strerror}. "
                f"Stop what uses it, or choose another: python3 dev.py run --port {other}"
            ) from error
