"""Bringing messages to their receivers. Whatever the other side does, it ends in time and in bounded memory.

A name is looked up once; all that it means must be allowed; and the connection goes to one of those addresses, with the
name in TLS and in Host. So nobody can answer the check with one address and the connection with another.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Thread

import httpx

from .policy import Policy
from .signing import headers
from .urls import wrong_with

SECONDS = 5
LARGEST = 64 * 1024
KEPT = 1_000  # characters of an answer, for its owner to read
_TRIED = 3
_NOT_PUBLIC = "The name of this host leads to an address that is not one of the public internet."

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Message:
    """One attempt: `body` is what is signed and sent, `secrets` are those that are valid now."""

    id: str
    url: str
    body: bytes
    secrets: tuple[bytes, ...]
    timestamp: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it. `status` is None where no answer came, and `error` says why there was none, or why it does not
    count."""

    status: int | None = None
    text: str = ""
    error: str = ""

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """The receiver wants no more of these, by the specification."""
        return self.status == 410


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, by the machine's resolver. It runs in a thread that nobody waits for: a resolver cannot
    be interrupted, and an event loop's own threads are waited for at its end. Raises OSError."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(found: Sequence[str] | None, error: OSError | None) -> None:
        if answer.done():
            return
        if found is None:
            answer.set_exception(error or OSError("no address"))
        else:
            answer.set_result(found)

    def look() -> None:
        found, failed = None, None
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(row[4][0]) for row in rows))
        except (OSError, UnicodeError) as error:
            failed = OSError(str(error))
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, found, failed)

    Thread(target=look, name="webhook-resolver", daemon=True).start()
    return await answer


def send_all(
    messages: Sequence[Message], policy: Policy, resolve: Resolver = system_resolver
) -> list[Answer]:
    """Send these at the same time; an Answer for each, in their order, after `SECONDS` at the latest."""
    trust = httpx.create_ssl_context(trust_env=False)
    if policy.ca_file:
        trust.load_verify_locations(policy.ca_file)

    async def every() -> list[Answer]:
        return await asyncio.gather(*(_send(one, policy, trust, resolve) for one in messages))

    return asyncio.run(every())


async def _send(message: Message, policy: Policy, trust: ssl.SSLContext, resolve: Resolver) -> Answer:
    if wrong := wrong_with(message.url, policy):
        return Answer(error=wrong)
    try:
        async with asyncio.timeout(SECONDS):
            return await _to_host(message, policy, trust, resolve)
    except (TimeoutError, httpx.TimeoutException):
        return Answer(error=f"There was no answer within {SECONDS} seconds.")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Answer(error=_told(error))


async def _to_host(message: Message, policy: Policy, trust: ssl.SSLContext, resolve: Resolver) -> Answer:
    url = httpx.URL(message.url)
    try:
        found = await resolve(url.raw_host.decode(), url.port or 443)
    except OSError:
        return Answer(error="The name of this host could not be looked up.")
    if not found or not all(policy.allows(ip_address(one)) for one in found):
        return Answer(error=_NOT_PUBLIC)
    *others, last = found[:_TRIED]
    for address in others:
        with suppress(httpx.ConnectError):
            return await _post(message, url, address, trust)
    return await _post(message, url, last, trust)


async def _post(message: Message, url: httpx.URL, address: str, trust: ssl.SSLContext) -> Answer:
    sent = {
        "Host": url.netloc.decode(),
        "Content-Type": "application/json",
        "User-Agent": "two-loops-webhooks",
        "Accept-Encoding": "identity",
        **headers(message.secrets, id=message.id, timestamp=message.timestamp, body=message.body),
    }
    async with (
        # No proxy, no netrc and no certificates of the environment.
        httpx.AsyncClient(verify=trust, trust_env=False, follow_redirects=False, timeout=SECONDS) as http,
        http.stream(
            "POST",
            url.copy_with(host=address),
            content=message.body,
            headers=sent,
            extensions={"sni_hostname": url.raw_host.decode()},
        ) as response,
    ):
        text = await _read(response)
        return Answer(response.status_code, text, _wrong_with(response.status_code))


async def _read(response: httpx.Response) -> str:
    read = bytearray()
    async for chunk in response.aiter_raw():
        read += chunk
        if len(read) >= LARGEST:  # the status has been read, and nobody reads the rest
            break
    text = bytes(read[: 4 * KEPT]).decode(errors="replace")
    return "".join(c for c in text if c.isprintable() or c in "\n\t")[:KEPT]


def _wrong_with(status: int) -> str:
    if 300 <= status < 400:
        return f"It answered with a redirect ({status}), which is not followed."
    return "" if 200 <= status < 300 else f"It answered {status}."


def _told(error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "Its certificate is not valid for this name."
    return f"It could not be reached ({type(error).__name__})."
