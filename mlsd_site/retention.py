"""How long each kind of thing is kept, in days (docs/privacy.md, docs/adr/0039)."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from mlsd_site.environment import env

# None keeps it until somebody deletes it. What people do here is theirs, so that is the default of it; what only
# makes something work goes once it has.
DEFAULTS: dict[str, int | None] = {
    "sessions": None,
    "replays": None,
    "chats": None,
    "call_links": 7,
    "pictures": 30,
    "boards": 1,
    "judge_answers": 90,
    "webhooks": 30,
    "mails": 90,
    "links": 30,
    "archives": 1,
    "line": 30,
    "free_times": 30,
    "complaints": 730,
    "idempotency": 1,
    "logins": 1,
    "admin_log": 400,
    "audit": 400,
}

# A mail's row is how it is known not to be sent twice; nothing asks for it later than this.
_LEAST = {"mails": 30}
# All that somebody has here, in one file: who wants it kept keeps it.
_ENDS = {"archives"}


def _days(name: str, default: int | None) -> int | None:
    """RETAIN_<NAME>: whole days from 1, or "never"."""
    key = f"RETAIN_{name.upper()}"
    said = env.str(key, "")
    if not said:
        return default
    if said == "never" and name not in _ENDS:
        return None
    other = "" if name in _ENDS else ", or never"
    if not (said.isascii() and said.isdigit() and 0 < int(said) < 36_500):
        raise ImproperlyConfigured(f"{key} is a number of days from 1 to 36,499{other}; not {said!r}.")
    if int(said) < (least := _LEAST.get(name, 1)):
        raise ImproperlyConfigured(f"{key} is at least {least}.")
    return int(said)


def retention() -> dict[str, int | None]:
    """{kind: days, None for ever}, as the environment says."""
    return {name: _days(name, default) for name, default in DEFAULTS.items()}
