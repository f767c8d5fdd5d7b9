"""Where log lines and faults go."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from mlsd_site import faults
from mlsd_site.environment import env, secret
from mlsd_site.logs import FORMATTERS

LOG_FORMAT: str = env.str("LOG_FORMAT", "text")
if LOG_FORMAT not in FORMATTERS:
    raise ImproperlyConfigured(f"LOG_FORMAT is one of {', '.join(FORMATTERS)}, not {LOG_FORMAT!r}.")
# Nothing is sent anywhere without one.
SENTRY_DSN = secret("SENTRY_DSN")
if SENTRY_DSN:
    faults.report_to(SENTRY_DSN)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": FORMATTERS[LOG_FORMAT]}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        **({"sentry": {"class": faults.HANDLER, "level": "ERROR"}} if SENTRY_DSN else {}),
    },
    "root": {
        "handlers": ["console", *(["sentry"] if SENTRY_DSN else [])],
        "level": env.str("LOG_LEVEL", "INFO"),
    },
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        # That a task came and went is one line of ours (task_lines.py).
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
