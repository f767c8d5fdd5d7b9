"""Pictures for the notes: the candidate's while the clock runs; seen by everybody in the session and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from interviews.actions import sessions
from interviews.models import NotePicture, Seat, Session
from interviews.rules.pictures import MAX_BYTES, MOST
from mlsd_site.accounts.models import User
from tests.interviews.pictures import picture


def send(client: Client, session: UUID, data: bytes, name: str = "picture.png") -> Any:
    file = BytesIO(data)
    file.name = name
    return client.post(f"/api/v1/sessions/{session}/pictures/", {"picture": file})


@pytest.fixture
def kept(live: Session, as_ada: Client) -> NotePicture:
    assert send(as_ada, live.pk, picture()).status_code == 201
    return NotePicture.objects.get()


def test_a_candidate_keeps_a_picture(live: Session, as_ada: Client) -> None:
    answer = send(as_ada, live.pk, picture())
    made = NotePicture.objects.get()
    assert (answer.status_code, made.session_id, made.place, made.size) == (201, live.pk, 1, len(made.data))
    assert answer.json() == {
        "id": str(made.pk),
        "url": f"/sessions/{live.pk}/pictures/{made.pk}/",
        "markdown": f"![picture](note:{made.pk})",
    }


@pytest.mark.asvs("3.2.1", "5.3.1")
def test_everybody_in_the_session_sees_it_as_a_picture_and_nothing_else(
    live: Session, kept: NotePicture, as_ada: Client, as_ben: Client
) -> None:
    for client in (as_ada, as_ben):
        answer = client.get(f"/sessions/{live.pk}/pictures/{kept.pk}/")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
        assert answer["Cache-Control"] == "no-store"
        with Image.open(BytesIO(answer.content)) as found:
            assert found.size == (40, 30)


def test_to_a_stranger_it_looks_missing(
    live: Session, kept: NotePicture, as_cleo: Client, client: Client
) -> None:
    assert as_cleo.get(f"/sessions/{live.pk}/pictures/{kept.pk}/").status_code == 404
    assert send(as_cleo, live.pk, picture()).status_code == 404
    assert client.get(f"/sessions/{live.pk}/pictures/{kept.pk}/").status_code == 302
    assert send(client, live.pk, picture()).status_code in (401, 403)


def test_a_picture_is_found_in_its_own_session_only(
    kept: NotePicture, cleo: User, as_cleo: Client, make_session: Callable[..., Session]
) -> None:
    own = make_session(cleo, mode="solo")
    assert as_cleo.get(f"/sessions/{own.pk}/pictures/{kept.pk}/").status_code == 404
    assert as_cleo.get(f"/sessions/{own.pk}/pictures/{uuid4()}/").status_code == 404


def test_only_the_candidate_adds(live: Session, as_ben: Client) -> None:
    assert send(as_ben, live.pk, picture()).status_code == 403
    assert not NotePicture.objects.exists()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 422),
        (b"\0" * (MAX_BYTES + 1), 413),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422),
        (b"<script>alert(1)</script>", 422),
        (picture()[:50], 422),
    ],
    ids=["empty", "large", "svg", "html", "cut"],
)
def test_what_cannot_be_kept_is_refused_in_words(
    data: bytes, status: int, live: Session, as_ada: Client
) -> None:
    answer = send(as_ada, live.pk, data, "picture.png")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert "not put into your notes" in answer.json()["detail"]
    assert not NotePicture.objects.exists()


def test_no_file_at_all_is_refused(live: Session, as_ada: Client) -> None:
    answer = as_ada.post(f"/api/v1/sessions/{live.pk}/pictures/", {"picture": "words"})
    assert answer.status_code == 400


def test_nothing_is_added_before_the_start_or_after_the_end(
    lobby: Session, ada: User, ben: User, as_ada: Client, seat_of: Callable[[Session, User], Seat]
) -> None:
    assert send(as_ada, lobby.pk, picture()).status_code == 409
    live = sessions.start(session=lobby, by=seat_of(lobby, ben), now=timezone.now())
    sessions.submit(session=live, by=seat_of(live, ada), now=timezone.now())
    assert send(as_ada, lobby.pk, picture()).status_code == 409
    assert not NotePicture.objects.exists()


@pytest.mark.asvs("2.3.2")
def test_a_session_holds_so_many(live: Session, kept: NotePicture, as_ada: Client) -> None:
    rest = range(2, MOST + 1)
    NotePicture.objects.bulk_create(
        NotePicture(session=live, place=n, width=1, height=1, size=1, data=b"x") for n in rest
    )
    answer = send(as_ada, live.pk, picture())
    assert (answer.status_code, NotePicture.objects.count()) == (409, MOST)
    with pytest.raises(IntegrityError), transaction.atomic():
        NotePicture.objects.create(session=live, place=MOST + 1, width=1, height=1, size=1, data=b"x")


def test_one_cannot_add_without_end(live: Session, as_ada: Client) -> None:
    answers = [send(as_ada, live.pk, b"").status_code for _ in range(21)]
    assert answers[-1] == 429


def test_it_goes_with_its_session(live: Session, kept: NotePicture) -> None:
    live.delete()
    assert not NotePicture.objects.exists()
