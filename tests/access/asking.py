"""Asking for one address in one way as one of the cast, leaving nothing behind, and what the answer looks like without
what must differ between two answers that say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from mlsd_site.accounts.models import User
from tests.access import stage
from tests.access.stage import LIVE, NO_NUMBER, NO_TOKEN, NO_UUID
from tests.casebank.shelf import case

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OWN, FOREIGN, MISSING = "own", "foreign", "missing"
# What is masked anew for every page, when a cookie ends, at which second it was signed, and the number of a request.
_MASKED = re.compile(
    r"\b[A-Za-z0-9]{64}\b|(?<=csrf=)\w{32}|(?<=session=)\w{32}|(?<=expires=)[^;]+(?=;)|(?<=Max-Age=)\d+"
    r"|(?<=Expires: )[^\n]+|(?<=X-Request-ID: )\w+|:\w{6}:[\w-]{43}(?=; HttpOnly)"
)
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")

# Each argument of a route that names somebody's, as {route's beginning: {argument: what it is in a circle's ids}}.
THEIRS: dict[str, dict[str, str]] = {
    "sessions/": {"pk": "session", "seat_id": "seat", "about_id": "about", "picture_id": "picture"}
    | {"share_id": "share"},
    "api/v1/sessions/": {"pk": "session", "seat_id": "seat", "about_id": "about", "share_id": "share"},
    "api/v1/ratings/": {"pk": "rating"},
    "cases/": {"slug": "case", "share_id": "case share", "pk": "draft"},
    "cases/<slug:slug>/restore/": {"slug": "old"},
    "cases/schema/": {},
    "api/v1/cases/": {"slug": "case", "share_id": "case share"},
    "api/v1/cases/<slug:slug>/restore/": {"slug": "old"},
    "api/v1/drafts/": {"pk": "draft"},
    "api/v1/bookings/": {"pk": "booking"},
    "api/v1/calendar/hours/": {"pk": "hours"},
    "api/v1/calendar/slots/": {"pk": "slot"},
    "api/v1/calendar/people/": {"pk": "listing"},
    "api/v1/groups/": {"pk": "group", "invite_id": "group invite", "user_id": "member"}
    | {"assignment_id": "assignment"},
    "api/v1/practise/offers/": {"pk": "offer"},
    "accounts/data/": {"pk": "archive"},
    "accounts/sessions/": {"pk": "login"},
    "accounts/tokens/": {"pk": "token"},
    "accounts/webhooks/": {"pk": "webhook", "delivery_id": "delivery"},
    "api/v1/webhooks/": {"pk": "webhook", "delivery_id": "delivery"},
    "blocks/": {"block_id": "block"},
    "calendar/bookings/": {"pk": "booking"},
    "calendar/hours/": {"pk": "hours"},
    "calendar/slots/": {"pk": "slot"},
    "calendar/people/": {"pk": "listing"},
    "calendar/feed/": {"token": "feed"},
    "groups/": {"pk": "group", "invite_id": "group invite", "user_id": "member"}
    | {"assignment_id": "assignment"},
    "groups/join/": {"token": "group token"},
    "practise/offers/": {"pk": "offer"},
    "ratings/": {"pk": "rating", "picture_id": "picture"},
    "shared/": {"token": "shared"},
}
# What the other arguments are: names that are the same for everybody.
COMMON: dict[str, str] = {
    "number": "1",
    "form": "md",
    "ending": "svg",
    "step": "clarify",
    "item": "clarify.goal",
    "round": "1",
    "key": "MQ:1abcde:0123456789",
    "uidb36": "1",
    "token": NO_TOKEN,
    "name": "case",
    "role": "candidate",
}
SLUGS = {
    "sessions/": "blank",
    "api/v1/sessions/": "blank",
    "calibration/": "ad-clicks",
    "api/v1/calibration/": "ad-clicks",
    "primer/": "calibration",
}
SLUGS |= {"api/v1/primer/": "calibration", "sheets/": "seven-step", "api/v1/sheets/": "seven-step"}
SLUGS |= {"api/v1/frameworks/": "seven-step"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: a status ("in" where one is led to the log-in), and all of it without what must differ."""

    status: str
    text: str


class Scene:
    """The cast, what is theirs, and what is not."""

    def __init__(self) -> None:
        stage.count_from_afar()
        own = stage.circle(("Ada", "Ben", "Dora", "Fay"), "case-ada")
        far = stage.circle(("Eve", "Finn", "Gil", "Hal"), "case-eve")
        cleo, root = stage.user("Cleo"), stage.user("Root", is_staff=True, is_superuser=True)
        self.cast: dict[str, User | None] = {
            "anonymous": None,
            "candidate": own.candidate,
            "interviewer": own.interviewer,
            "observer": own.watcher,
            "stranger": cleo,
            "admin": root,
            "former": own.former,
        }
        stage.hide(far.interviewer, [one for one in self.cast.values() if one])
        rated = case("case-rated")
        others = stage.user("Ivy"), stage.user("Jon")
        ratings = [stage.second_rating(rater, *others, rated) for rater in (own.candidate, far.watcher)]
        self._ids = {
            OWN: {**own.ids, "rating": ratings[0], "offer": stage.offer(own.candidate, own.interviewer)},
            FOREIGN: {**far.ids, "rating": ratings[1], "offer": stage.offer(far.candidate, far.interviewer)},
        }
        stage.spoil(far)
        self.far = far
        self._circles = {OWN: own, FOREIGN: far}
        self._clients = {name: _client(user) for name, user in self.cast.items()}

    def address(self, template: str, when: str = LIVE, kinds: Mapping[str, str] | str = OWN) -> str:
        """The route with its arguments: each that names somebody's own, foreign or missing, by `kinds`. KeyError names
        an argument that these tests know nothing of."""

        def value(found: re.Match[str]) -> str:
            name = found[1] or found[2]
            kind = kinds if isinstance(kinds, str) else kinds.get(name, OWN)
            what = theirs(template).get(name)
            return str(self._id(what, kind, when)) if what else _common(template, name)

        return "/" + _ARGUMENT.sub(value, template)

    def ask(
        self, who: str, method: str, address: str, headers: Mapping[str, str] | None = None, **body: Any
    ) -> Answer:
        """Ask, take back whatever was done, and read the answer."""
        client = self._clients[who]
        stage.nothing_spent()
        kind = "application/json" if address.startswith("/api/") else None
        sent: dict[str, Any] = {"headers": dict(headers or {})}
        if method != "GET":
            sent |= (
                {"data": body, "content_type": kind} if kind else ({"data": body} if method == "POST" else {})
            )
        before = dict(client.cookies)
        with transaction.atomic():
            answer = getattr(client, method.lower())(address, **sent)
            read = _read(answer, address)
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.update(before)
        return read

    def forger(self, who: str) -> Callable[[str], int]:
        """What another site's page may do with this person's cookies: post without a token. Gives the status."""
        client = Client(enforce_csrf_checks=True)
        client.cookies = self._clients[who].cookies

        def post(address: str) -> int:
            kind = "application/json" if address.startswith("/api/") else MULTIPART_CONTENT
            with transaction.atomic():
                status = client.post(address, {}, content_type=kind).status_code
                transaction.set_rollback(True)
            return status

        return post

    def _id(self, what: str, kind: str, when: str) -> object:
        if kind == MISSING:
            like = str(self._id(what, FOREIGN, when))
            if re.fullmatch(r"\d+", like):
                return NO_NUMBER
            return NO_UUID if re.fullmatch(r"[0-9a-f-]{36}", like) else _unlike(like)
        if what in ("session", "seat", "about"):
            session = self._circles[kind].sessions[when]
            if what == "session":
                return session.pk
            return session.seats.get(role="interviewer" if what == "seat" else "candidate").pk
        return self._ids[kind][what]


def theirs(template: str) -> Mapping[str, str]:
    """The arguments of a route that name somebody's."""
    fits = max((one for one in THEIRS if template.startswith(one)), key=len, default=None)
    named = {first or second for first, second in _ARGUMENT.findall(template)}
    return {name: what for name, what in (THEIRS[fits] if fits else {}).items() if name in named}


def variants(template: str) -> list[dict[str, str]]:
    """Which of the arguments are not one's own: all of them, and where there are more, each one by itself."""
    names = list(theirs(template))
    alone = [{name: FOREIGN} for name in names] if len(names) > 1 else []
    return [dict.fromkeys(names, FOREIGN), *alone] if names else []


def _unlike(slug: str) -> str:
    """A name of the same length that nothing has."""
    return f"{slug[:-3]}nil"


def _common(template: str, name: str) -> str:
    if name == "slug":
        return SLUGS[max((one for one in SLUGS if template.startswith(one)), key=len)]
    if template.startswith("accounts/2fa/") and name == "pk":
        return str(
            NO_NUMBER
        )  # a key of the cast's own would ask for it at each door; a stranger's: test_second_factor
    if name not in COMMON:
        raise KeyError(f"{template}: say in THEIRS whose <{name}> is, or in COMMON what it is for everybody.")
    return COMMON[name]


def _client(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _read(answer: HttpResponseBase, address: str) -> Answer:
    place = answer.headers.get("Location", "")
    status = "in" if place.startswith("/accounts/login/") else str(answer.status_code)
    heads = sorted(f"{name}: {value}" for name, value in answer.headers.items())
    sent = "\n".join([str(answer.status_code), *heads, answer.cookies.output()])
    return Answer(status, _MASKED.sub("*", f"{sent}\n\n{answer.getvalue().decode('latin-1')}"))
