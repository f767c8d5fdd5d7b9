"""No byte of the guide or of private notes reaches the candidate's browser, nor where to ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from casebank.models import CaseVersion
from interviews.actions import conducting, facts, feedback, marks, notes, scoring, sessions
from interviews.models import ScoreJob, Seat, Session
from mlsd_site.accounts.models import User
from tests import routes
from tests.e2e.leaks import leaks
from tests.hidden.addresses import ELSEWHERE, addresses, sent, values
from tests.interviews.conftest import CANARY, PRIVATE_CANARY
from tests.interviews.stage import ad_clicks

SECRETS = [CANARY, PRIVATE_CANARY, "pane-console", "/console/", "/guide/", "data-private", '"private"']
SEALED = [f"sealedokapi{number}x" for number in range(4)]
SECRETS += ["probe_marked", "data-do", "untouched"]


@pytest.fixture
def case_version(db: None) -> CaseVersion:
    """A case whose guide says one thing in all its parts."""
    body = {
        "opening": CANARY,
        "entities": [CANARY],
        "facts": [
            {"ask": CANARY, "answer": CANARY},
            {"ask": "How large?", "answer": "Told: a billion a day."},
        ],
        "hints": {"data": ["Told: when is it known?", CANARY]},
        "ladders": {"senior": [{"ask": CANARY, "listen_for": CANARY}]},
        "items": {"clarify.goal": {"earns_2": CANARY, "earns_3": CANARY, "typical_wrong": CANARY}},
        "flips": [{"change": CANARY, "good_adaptation": CANARY}],
        "red_flags": [CANARY],
        "reference": {
            "steps": {"clarify": CANARY},
            "decisions": [{"when": CANARY, "pick": CANARY, "because": CANARY}],
            "objective_chain": {"loss": CANARY},
        },
    }
    return ad_clicks(body)


@pytest.fixture
def with_secrets(live: Session, ben: User, seat_of: Callable[[Session, User], Seat]) -> Session:
    seat = seat_of(live, ben)
    notes.save_private(seat=seat, text=PRIVATE_CANARY, base=0, now=timezone.now())
    notes.read_guide(seat=seat, now=timezone.now())
    now = {"session": live, "seat": seat, "now": timezone.now()}
    conducting.probe(**now, level="senior", number=1, mark="missed")  # type: ignore[arg-type]
    marks.tick(seat=seat, item="clarify.goal", level=3, now=timezone.now())
    return live


def test_every_route_is_walked_or_named(live: Session) -> None:
    left = [one for one in routes.templates() if not routes.filled(one, values(live))]
    assert [one for one in left if not one.startswith(ELSEWHERE)] == []
    assert [one for one in ELSEWHERE if not any(route.startswith(one) for route in left)] == []


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
@pytest.mark.asvs("8.2.3")
def test_no_page_of_the_candidate_holds_them(
    with_secrets: Session, as_ada: Client, htmx: dict[str, str]
) -> None:
    answers = {address: as_ada.get(address, headers=htmx) for address in addresses(with_secrets)}
    assert Counter(answer.status_code for answer in answers.values())[200] > 70
    found = {address: leaks(sent(answer), SECRETS) for address, answer in answers.items()}
    assert {address: forms for address, forms in found.items() if forms} == {}


def test_nor_after_the_end_while_the_feedback_is_sealed(
    with_secrets: Session, ada: User, as_ada: Client
) -> None:
    """The guide's sheet and the reference are hers then, where she opens them; marks, verdict, feedback, links of
    others and private notes are not."""
    now = timezone.now()
    ends = sessions.submit(session=with_secrets, by=with_secrets.seats.get(user=ada), now=now)
    hers, his = ends.seats.get(user=ada), ends.seats.get(role="interviewer")
    feedback.skip_self(seat=hers, now=now)
    scoring.run(job_id=ScoreJob.objects.get(submission__session=ends).pk, now=now)
    marks.mark(seat=his, item="", level=4, sheet=None, reason=f"{SEALED[0]} verdict", now=now)
    marks.mark(seat=his, item="data.labels", level=2, sheet=None, reason=f"{SEALED[1]} heard", now=now)
    drafted = dict.fromkeys(("strength", "second_strength", "change"), f"{SEALED[2]} draft")
    feedback.save_draft(seat=his, about=hers, given=drafted, base=0, now=now)
    feedback.send(seat=his, about=hers, given=dict.fromkeys(drafted, SEALED[3]), now=now)
    opened = tuple(f"sessions/{ends.pk}/{path}" for path in ("sheet", "report/reference"))
    own = [one for one in addresses(ends) if not any(path in one for path in opened)]
    for address in own:
        answer = as_ada.get(address)
        assert answer.status_code != 500
        assert leaks(sent(answer), [CANARY, PRIVATE_CANARY, *SEALED, "ben@example.com"]) == [], address
    assert leaks(sent(as_ada.get(f"/sessions/{ends.pk}/sheet.pdf")), [CANARY, PRIVATE_CANARY, *SEALED])
    reference = sent(as_ada.get(f"/sessions/{ends.pk}/report/reference/"))
    assert leaks(reference, [CANARY])
    assert leaks(reference, [PRIVATE_CANARY, *SEALED]) == []


def test_what_is_given_is_all_that_comes(with_secrets: Session, ben: User, as_ada: Client) -> None:
    room = f"/sessions/{with_secrets.pk}/"

    def seen() -> str:
        return "".join(as_ada.get(room + path).content.decode() for path in ("", "facts/", "told/"))

    assert "Told:" not in seen()
    now = {"session": with_secrets, "seat": with_secrets.seats.get(user=ben), "now": timezone.now()}
    facts.give(**now, number=2)  # type: ignore[arg-type]
    assert "a billion a day" in seen()
    conducting.hint(**now, step="data", grade=1)  # type: ignore[arg-type]
    assert "when is it known?" in seen()
    assert CANARY not in seen()


def test_nor_does_any_other_method_tell(with_secrets: Session, as_ada: Client) -> None:
    for address in addresses(with_secrets):
        for method in (as_ada.options, as_ada.put, as_ada.delete):
            assert CANARY not in method(address).content.decode(errors="replace")


def test_the_interviewer_has_both(with_secrets: Session, as_ben: Client) -> None:
    room = as_ben.get(f"/sessions/{with_secrets.pk}/").content.decode()
    assert PRIVATE_CANARY in room
    assert CANARY not in room
    assert CANARY in as_ben.get(f"/sessions/{with_secrets.pk}/guide/").content.decode()


def test_the_interviewer_of_one_session_is_a_stranger_to_another(
    with_secrets: Session, make_session: Callable[..., Session], ben: User, as_ben: Client
) -> None:
    own = make_session(ben, mode="solo")
    assert as_ben.get(f"/sessions/{own.pk}/guide/").status_code == 403
