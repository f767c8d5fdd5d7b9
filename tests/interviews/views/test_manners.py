"""Blocks, reports of people, and telling each other who one is."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from interviews.actions import sessions
from interviews.models import Block, Complaint, Introduction, Session
from mlsd_site.accounts.models import User
from tests.interviews.views.test_feedback import everything

NAME, LINK = "real-name-canary-77", "https://example.com/real-contact-canary"


def person(session: Session, user: User, rest: str = "") -> str:
    return f"/sessions/{session.pk}/people/{session.seats.get(user=user).pk}/{rest}"


def test_a_block_is_ones_own_and_the_other_never_learns_of_it(
    submitted: Session, as_ada: Client, as_ben: Client, ada: User, ben: User
) -> None:
    before = [*everything(as_ben, submitted), as_ben.get(person(submitted, ada)).status_code]
    as_ada.post(person(submitted, ben, "block/"))
    as_ada.post(person(submitted, ben, "block/"))
    made = Block.objects.get()
    assert (made.by, made.of) == (ada, ben)
    assert [*everything(as_ben, submitted), as_ben.get(person(submitted, ada)).status_code] == before
    assert "Ben" in as_ada.get("/profile/").content.decode()
    as_ben.post(f"/blocks/{made.pk}/remove/")
    assert Block.objects.exists()
    as_ada.post(f"/blocks/{made.pk}/remove/")
    assert not Block.objects.exists()


def test_a_report_reaches_the_admins_and_nobody_else(
    submitted: Session, as_ada: Client, as_ben: Client, ada: User, ben: User, client: Client
) -> None:
    before = everything(as_ben, submitted)
    as_ada.post(person(submitted, ben, "report/"), {"reason": "hurtful", "words": "He shouted.\0 <b>"})
    made = Complaint.objects.get()
    assert (made.by, made.of, made.session, made.words) == (ada, ben, submitted, "He shouted. <b>")
    assert everything(as_ben, submitted) == before
    client.force_login(User.objects.create_superuser("root@example.com", "x", display_name="Root"))
    assert (
        "He shouted. &lt;b&gt;"
        in client.get(f"/admin/interviews/complaint/{made.pk}/change/").content.decode()
    )
    client.post(
        "/admin/interviews/complaint/", {"action": "handled", "_selected_action": [made.pk]}, follow=True
    )
    made.refresh_from_db()
    assert (made.state, made.handled_by) == ("handled", User.objects.get(email="root@example.com"))


def test_one_report_of_a_pair_and_session_is_open(submitted: Session, as_ada: Client, ben: User) -> None:
    to = person(submitted, ben, "report/")
    assert as_ada.post(to, {"reason": "absent"}).status_code == 302
    again = as_ada.post(to, {"reason": "spam", "words": "kept words"})
    assert again.status_code == 409
    assert "reported this already" in again.content.decode()
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("wish", [{}, {"reason": "no"}, {"reason": "other", "words": "kept " * 500}])
def test_a_report_that_says_nothing_is_not_sent(
    wish: dict[str, str], submitted: Session, as_ada: Client, ben: User
) -> None:
    answer = as_ada.post(person(submitted, ben, "report/"), wish)
    assert answer.status_code == 422
    assert wish.get("words", "").strip() in answer.content.decode()
    assert not Complaint.objects.exists()


def test_reports_are_limited(submitted: Session, as_ada: Client, ben: User) -> None:
    answers = [
        as_ada.post(person(submitted, ben, "report/"), {"reason": "spam"}).status_code for _ in range(6)
    ]
    assert answers[-1] == 429


def test_nobody_does_anything_about_whom_they_never_sat_with(
    submitted: Session, as_cleo: Client, as_ada: Client, ada: User, ben: User
) -> None:
    for rest in ("", "block/", "report/", "introduce/", "withdraw/"):
        method = as_cleo.post if rest else as_cleo.get
        assert method(person(submitted, ben, rest)).status_code == 404
        own = as_ada.post if rest else as_ada.get
        assert own(person(submitted, ada, rest)).status_code == 404
    for made in (Block, Complaint, Introduction):
        assert not made.objects.exists()


@pytest.fixture
def known(ada: User, ben: User) -> None:
    """Both have said in their profiles who they are."""
    for user in (ada, ben):
        user.real_name, user.contact = f"{NAME} of {user}", f"{LINK}/{user}"
        user.save()


def test_who_somebody_is_is_shown_when_both_agree_and_not_before(
    known: None, submitted: Session, as_ada: Client, as_ben: Client, ada: User, ben: User
) -> None:
    before = everything(as_ben, submitted)
    as_ada.post(person(submitted, ben, "introduce/"))
    assert everything(as_ben, submitted) == before
    to_ada = "".join(everything(as_ada, submitted)[:18])
    assert f"{NAME} of Ben" not in to_ada
    as_ben.post(person(submitted, ada, "introduce/"))
    for client, other in ((as_ada, "Ben"), (as_ben, "Ada")):
        page = client.get(f"/sessions/{submitted.pk}/report/").content.decode()
        assert f"{NAME} of {other}" in page
        assert f'href="{LINK}/{other}" rel="noopener noreferrer nofollow"' in page
    assert as_ada.post(person(submitted, ben, "withdraw/")).status_code == 409
    assert Introduction.objects.count() == 2


def test_it_can_be_taken_back_before_the_other_agrees(
    known: None, submitted: Session, as_ada: Client, as_ben: Client, ada: User, ben: User
) -> None:
    as_ada.post(person(submitted, ben, "introduce/"))
    as_ada.post(person(submitted, ben, "withdraw/"))
    as_ben.post(person(submitted, ada, "introduce/"))
    for client in (as_ada, as_ben):
        assert NAME not in client.get(f"/sessions/{submitted.pk}/report/").content.decode()


def test_not_while_it_runs_and_not_to_who_watched(
    known: None,
    live: Session,
    as_ada: Client,
    as_ben: Client,
    as_cleo: Client,
    ada: User,
    ben: User,
    cleo: User,
) -> None:
    assert as_ada.post(person(live, ben, "introduce/")).status_code == 409
    live.seats.create(user=cleo, role="observer")
    assert "Block or report" in as_ada.get(f"/sessions/{live.pk}/people/").content.decode()
    Session.objects.filter(pk=live.pk).update(
        state="ended", ended_at=live.started_at, end_reason="submitted", paused_at=None
    )
    assert as_ada.post(person(live, cleo, "introduce/")).status_code == 403
    assert as_cleo.post(person(live, ada, "introduce/")).status_code == 403


def test_who_did_not_come_can_be_blocked_and_learns_nobodys_name(
    known: None, lobby: Session, as_ada: Client, ada: User, ben: User
) -> None:
    sessions.abandon(session=lobby, by=lobby.seats.get(user=ada), now=timezone.now())
    page = as_ada.get(f"/sessions/{lobby.pk}/report/").content.decode()
    assert f'href="{person(lobby, ben)}"' in page
    assert "Share who I am" not in page
    assert as_ada.post(person(lobby, ben, "introduce/")).status_code == 409
    assert as_ada.post(person(lobby, ben, "block/")).status_code == 302
    assert Block.objects.exists()


def test_nothing_is_shared_with_who_has_left(
    known: None, submitted: Session, as_ada: Client, ben: User
) -> None:
    assert "Share who I am" in as_ada.get(f"/sessions/{submitted.pk}/report/").content.decode()
    submitted.seats.filter(user=ben).update(left_at=timezone.now())
    assert "Share who I am" not in as_ada.get(f"/sessions/{submitted.pk}/report/").content.decode()
    assert as_ada.post(person(submitted, ben, "introduce/")).status_code == 409
    assert not Introduction.objects.exists()


def test_postgres_holds_it_too(submitted: Session, ada: User, ben: User) -> None:
    seat = submitted.seats.get(user=ada)
    with pytest.raises(IntegrityError, match="nobody_meets_themselves"), transaction.atomic():
        Introduction.objects.create(by=seat, to=seat)
    with pytest.raises(IntegrityError, match="nobody_complains"), transaction.atomic():
        Complaint.objects.create(by=ada, of=ada, session=submitted, reason="other")


@pytest.mark.parametrize(
    "contact",
    [
        "http://example.com",
        "javascript:alert(1)",
        "example.com",
        "a@",
        "https://x y",
        "data:text/html,x",
        "https://example.com@example.org/",
        "https://ex\N{CYRILLIC SMALL LETTER A}mple.com/",
    ],
)
def test_a_contact_is_https_or_mail(contact: str, as_ada: Client, ada: User) -> None:
    form = {"display_name": "Ada", "timezone": "UTC", "target_level": "senior", "contact": contact}
    assert as_ada.post("/profile/", form).status_code == 200
    ada.refresh_from_db()
    assert ada.contact == ""
    for good in ("https://www.linkedin.com/in/ada", "ada@example.com", ""):
        assert as_ada.post("/profile/", {**form, "contact": good}).status_code == 302
