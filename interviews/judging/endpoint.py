"""Where the judge is asked. Read by the settings, so it stands on the standard library alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

Format = Literal["json_schema", "json_object", "none"]
When = Literal["asked", "always"]
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
# A call must end before Celery's limits do, and those before the broker hands the task out again (settings).
LONGEST = 90


class BadEndpoint(ValueError):
    """The settings name no endpoint that may be asked; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent; tokens are those of questions and answers together. Days are those of UTC."""

    calls_per_session: int
    calls_per_day: int
    tokens_per_session: int
    tokens_per_day: int


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible chat endpoint. `url` is its base, such as https://host/v1; `timeout` in seconds is for a
    whole call; `answer_tokens` is the most that one answer may hold. The key shows in no repr."""

    url: str
    model: str
    budget: Budget
    key: str = field(default="", repr=False)
    timeout: int = 60
    answer_tokens: int = 3000
    format: Format = "json_schema"
    when: When = "asked"

    @property
    def host(self) -> str:
        """The name that people are told, where their text would go."""
        return urlsplit(self.url).hostname or ""


def checked_url(url: str, *, allow_local: bool) -> str:
    """The base address without a slash at its end; raises BadEndpoint unless it is https, or this machine where the
    settings say so."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadEndpoint(f"JUDGE_URL is no address: {error}.") from error
    if not host or parts.username or parts.password or parts.query or parts.fragment or not url.isprintable():
        raise BadEndpoint("JUDGE_URL must be like https://host/v1, without a user, a query or a fragment.")
    if host in LOCAL_HOSTS:
        if not allow_local or parts.scheme not in ("http", "https"):
            raise BadEndpoint("JUDGE_URL is on this machine; set JUDGE_ALLOW_LOCAL=1 if that is meant.")
    elif parts.scheme != "https":
        raise BadEndpoint("JUDGE_URL must begin with https:// (plain http only for localhost).")
    return url.rstrip("/")


def read(environment: Mapping[str, str], *, key: str) -> Endpoint | None:
    """The endpoint that the JUDGE_* variables name, None where they name none; raises BadEndpoint where they contradict
    themselves. The key comes apart: it may stand in a file."""
    url, model = environment.get("JUDGE_URL", ""), environment.get("JUDGE_MODEL", "")
    if not url and not model:
        return None
    if not url or not model:
        raise BadEndpoint("Set both JUDGE_URL and JUDGE_MODEL, or neither.")
    if len(model) > 80 or not model.isprintable():
        raise BadEndpoint("JUDGE_MODEL must be a name of at most 80 characters.")
    if not key.isascii() or not key.isprintable():
        raise BadEndpoint("JUDGE_API_KEY holds characters that no header can carry.")
    allow_local = environment.get("JUDGE_ALLOW_LOCAL", "").lower() in ("1", "true", "yes", "on")
    return Endpoint(
        checked_url(url, allow_local=allow_local),
        model,
        Budget(
            calls_per_session=_number(environment, "JUDGE_CALLS_PER_SESSION", 24),
            calls_per_day=_number(environment, "JUDGE_CALLS_PER_DAY", 800),
            tokens_per_session=_number(environment, "JUDGE_TOKENS_PER_SESSION", 300_000),
            tokens_per_day=_number(environment, "JUDGE_TOKENS_PER_DAY", 5_000_000),
        ),
        key=key,
        timeout=_number(environment, "JUDGE_TIMEOUT", 60, 1, LONGEST),
        answer_tokens=_number(environment, "JUDGE_ANSWER_TOKENS", 3000, 100, 100_000),
        format=cast(Format, _choice(environment, "JUDGE_FORMAT", get_args(Format))),
        when=cast(When, _choice(environment, "JUDGE_WHEN", get_args(When))),
    )


def _number(
    environment: Mapping[str, str], name: str, default: int, least: int = 0, most: int = 10**12
) -> int:
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and len(value) <= 13 and least <= int(value) <= most):
        raise BadEndpoint(f"{name} must be a whole number from {least} to {most}.")
    return int(value)


def _choice(environment: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = environment.get(name) or choices[0]
    if value not in choices:
        raise BadEndpoint(f"{name} must be one of: {', '.join(choices)}.")
    return value
