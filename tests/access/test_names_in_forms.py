"""What a form or a query names is held as what an address names: somebody else's looks like what does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from difflib import unified_diff
from typing import Any

import pytest
from django.utils import timezone

from interviews.models import ScoreSheet
from tests.access.asking import Scene
from tests.access.stage import LOBBY, NO_NUMBER, PAST

Named = Callable[[Scene], tuple[object, object]]


def _people(scene: Scene) -> tuple[object, object]:
    """Somebody of the other circle, and nobody."""
    return scene.far.candidate.pk, NO_NUMBER


def _sheets(scene: Scene) -> tuple[object, object]:
    theirs = ScoreSheet.objects.filter(submission__session=scene.far.sessions[PAST], source="interviewer")
    return theirs.get().pk, NO_NUMBER


def _mails(scene: Scene) -> tuple[object, object]:
    return "gil@example.com", "nil@example.com"


def _blocked(scene: Scene) -> tuple[object, object]:
    """Who has blocked the cast, and nobody."""
    return "finn@example.com", "fxnn@example.com"


def _cases(scene: Scene) -> tuple[object, object]:
    return "case-eve-own", "case-eve-nil"


# Who asks, how, where, what is sent besides, the name of the field, and the two that must look alike in it.
SOON = str(timezone.localdate() + timedelta(days=5))
PLAN = {"arrangement": "candidate", "framework": "seven-step", "level": "senior"}
TIME = {"day": SOON, "at": "10:00", "minutes": "45", "framework": "seven-step", "level": "senior"}
ROTA = {"due": SOON, "weeks": "1", "framework": "seven-step", "level": "senior"}
ONE = {
    "due": SOON,
    "framework": "seven-step",
    "level": "senior",
    "candidate": "1",
    "interviewer": "2",
    "case": "x",
}
FORMS: list[tuple[str, str, str, dict[str, str], str, Named]] = [
    ("candidate", "POST", "sessions/new/", PLAN, "case", _cases),
    ("candidate", "GET", "sessions/new/?case={}", {}, "", _cases),
    ("candidate", "GET", "cases/?q={}", {}, "", _cases),
    ("candidate", "GET", "api/v1/cases/?q={}", {}, "", _cases),
    ("candidate", "GET", "calendar/propose/?to={}", {}, "", _mails),
    ("candidate", "POST", "calendar/propose/", {"role": "interviewer", **TIME}, "partner", _blocked),
    ("interviewer", "POST", "groups/<uuid:pk>/rota/", ROTA, "members", _people),
    ("interviewer", "POST", "groups/<uuid:pk>/cases/", {}, "case", _cases),
    ("interviewer", "POST", "groups/<uuid:pk>/invite/", {}, "email", _mails),
    ("interviewer", "POST", "api/v1/groups/<uuid:pk>/rota/", ONE, "candidate", _people),
    ("interviewer", "POST", "api/v1/groups/<uuid:pk>/rota/", ONE, "case", _cases),
    ("candidate", "POST", "cases/<slug:slug>/sharing/", {}, "email", _mails),
    ("candidate", "POST", "sessions/<uuid:pk>/invite/", {"role": "observer"}, "email", _mails),
    (
        "candidate",
        "POST",
        "sessions/<uuid:pk>/report/dispute/<str:item>/file/",
        {"words": "Hm."},
        "sheet",
        _sheets,
    ),
    ("interviewer", "POST", "sessions/<uuid:pk>/report/dispute/<str:item>/answer/", {}, "dispute", _people),
    ("interviewer", "POST", "sessions/<uuid:pk>/report/marks/confirm/", {}, "sheet", _sheets),
    ("anonymous", "POST", "accounts/password/reset/", {}, "email", _mails),
    ("anonymous", "POST", "accounts/login/", {"password": "not this one"}, "login", _mails),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form[1]} {form[2]} {form[4]}")
@pytest.mark.asvs("8.2.2")
def test_a_foreign_name_looks_like_a_missing_one(
    form: tuple[str, str, str, dict[str, str], str, Named], scene: Scene
) -> None:
    who, method, route, besides, field, named = form

    def answer(value: object) -> list[str]:
        when = PAST if "/report/" in route else LOBBY
        path, mark, query = route.partition("?")
        body: dict[str, Any] = {**besides, field: str(value)} if field else {}
        address = scene.address(path, when) + mark + query.format(value)
        said = scene.ask(who, method, address, **body)
        # What the next page says of it is signed, and holds the name.
        return re.sub(r"(?<=messages=)[^;]+", "*", said.text.replace(str(value), "#")).splitlines()

    foreign, missing = named(scene)
    assert list(unified_diff(answer(foreign), answer(missing), n=0, lineterm="")) == []
