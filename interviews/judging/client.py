"""One call to the endpoint. Whatever the other side does, it ends in time, in bounded memory, with a Reply or a Failed
whose words may be shown: they hold neither key nor address nor anything that the other side wrote."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx

from .endpoint import Endpoint

LARGEST = 256 * 1024
LONGEST_WAIT = 600
_FINAL = {
    400: "refused the question as malformed; JUDGE_FORMAT may ask for more than it can do",
    401: "did not accept the API key",
    402: "says that the account has nothing left",
    403: "did not accept the API key",
    404: "knows no such address or model",
    405: "takes no questions at this address",
    413: "finds the question too long",
    422: "refused the question as malformed; JUDGE_FORMAT may ask for more than it can do",
}


class Failed(Exception):
    """The call brought nothing. `final`: asking again would not help. `wait`: seconds that the other side asks for."""

    def __init__(self, reason: str, *, final: bool = False, wait: int = 0) -> None:
        super().__init__(reason)
        self.final = final
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, and the tokens that the endpoint counted (None where it does not say)."""

    content: str
    tokens: int | None


def ask(endpoint: Endpoint, body: dict[str, Any]) -> Reply:
    """Put one question. Raises Failed; takes no longer than the endpoint's timeout, however slowly bytes drip."""
    return asyncio.run(_ask(endpoint, body))


async def _ask(endpoint: Endpoint, body: dict[str, Any]) -> Reply:
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "two-loops-judge"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    try:
        async with (
            asyncio.timeout(endpoint.timeout),
            # No proxy, no netrc and no certificates of the environment: the key goes to this host alone.
            httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=endpoint.timeout) as http,
            http.stream("POST", f"{endpoint.url}/chat/completions", json=body, headers=headers) as response,
        ):
            _look_at(response)
            return _reply(await _read(response))
    except TimeoutError:
        raise Failed(f"The judge did not answer within {endpoint.timeout} seconds.") from None
    except httpx.TimeoutException:
        raise Failed(f"The judge did not answer within {endpoint.timeout} seconds.") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise Failed(f"The judge could not be reached ({type(error).__name__}).") from None


def _look_at(response: httpx.Response) -> None:
    """Raises Failed unless this is a plain answer of bearable size."""
    status = response.status_code
    if status in (408, 409, 425, 429) or status >= 500:
        what = "is busy" if status == 429 else "has trouble"
        raise Failed(f"The judge {what} (it answered {status}).", wait=_wait(response))
    if 300 <= status < 400:
        raise Failed(f"The judge answered with a redirect ({status}), which is not followed.", final=True)
    if status != 200:
        raise Failed(
            f"The judge {_FINAL.get(status, 'refused the question')} ({status}).", final=status in _FINAL
        )
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise Failed("The judge's answer was compressed, though that was not asked for.")


def _wait(response: httpx.Response) -> int:
    value = response.headers.get("retry-after", "")
    return min(int(value), LONGEST_WAIT) if value.isascii() and value.isdigit() and len(value) < 9 else 0


async def _read(response: httpx.Response) -> bytes:
    read = bytearray()
    async for chunk in response.aiter_raw():
        read += chunk
        if len(read) > LARGEST:
            raise Failed(f"The judge's answer was larger than {LARGEST // 1024} kB.")
    return bytes(read)


def _reply(raw: bytes) -> Reply:
    try:
        data = json.loads(raw)
        choice = data["choices"][0]
        message = choice["message"]
        content, refusal, reason = message.get("content"), message.get("refusal"), choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise Failed("The judge's answer was not what a chat endpoint sends.") from None
    if refusal or reason == "content_filter":
        raise Failed("The judge refused to judge this.")
    if reason == "length":
        raise Failed("The judge's answer was cut off before its end.")
    if not isinstance(content, str) or not content.strip():
        raise Failed("The judge's answer was empty.")
    return Reply(content, _tokens(data.get("usage")))


def _tokens(usage: object) -> int | None:
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if type(total) is int and 0 < total < 10_000_000 else None
