#!/usr/bin/env python3
"""Django's command line. `python3 dev.py manage ...` runs it in the environment.

In development (DEBUG=1) the servers that DATABASE_URL and REDIS_URL do not name are started first, except for
commands that need none.
"""

import os
import signal
import sys

NEED_NO_SERVERS = {
    "check_cases",
    "score",
    "evaluate_scorer",
    "collectstatic",
    "makemessages",
    "help",
    "version",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mlsd_site.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if os.environ.get("DEBUG") == "1" and command not in NEED_NO_SERVERS:
        from mlsd_site.embedded import ServiceError, ensure

        # Without an orderly end the servers would run on with nobody using them.
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) == signal.SIG_DFL:
                signal.signal(number, lambda number, _: sys.exit(128 + number))
        try:
            ensure(profile=os.environ.get("EMBEDDED_PROFILE", "dev"))  # type: ignore[arg-type]
        except ServiceError as error:
            sys.exit(f"error: {error}")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
