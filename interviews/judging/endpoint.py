"""Where the judge is asked. Read by the settings, so it stands on the standard library alone."""

from __future__ import annotations

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


def configured(
    *,
    url: str,
    model: str,
    key: str,
    timeout: int,
    answer_tokens: int,
    format: str,
    when: str,
    allow_local: bool,
    budget: Budget,
) -> Endpoint | None:
    """The endpoint of these settings, None where there is none; raises BadEndpoint where they contradict themselves."""
    if not url and not model:
        return None
    if not url or not model:
        raise BadEndpoint("Set both JUDGE_URL and JUDGE_MODEL, or neither.")
    if len(model) > 80 or not model.isprintable():
        raise BadEndpoint("JUDGE_MODEL must be a name of at most 80 characters.")
    if not 1 <= timeout <= LONGEST:
        raise BadEndpoint(f"JUDGE_TIMEOUT must be between 1 and {LONGEST} seconds.")
    if not 100 <= answer_tokens <= 100_000:
        raise BadEndpoint("JUDGE_ANSWER_TOKENS must be between 100 and 100000.")
    if format not in get_args(Format):
        raise BadEndpoint("JUDGE_FORMAT must be json_schema, json_object or none.")
    if when not in get_args(When):
        raise BadEndpoint("JUDGE_WHEN must be asked or always.")
    if not key.isascii() or not key.isprintable():
        raise BadEndpoint("JUDGE_API_KEY holds characters that no header can carry.")
    base = checked_url(url, allow_local=allow_local)
    return Endpoint(
        base,
        model,
        budget,
        key=key,
        timeout=timeout,
        answer_tokens=answer_tokens,
        format=cast(Format, format),
        when=cast(When, when),
    )
