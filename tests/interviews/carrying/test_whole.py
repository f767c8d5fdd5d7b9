"""Whole sessions from one installation into another: there and back, twice, and what an archive may not do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models

from casebank.models import SeenCase
from casebank.queries import visible_to
from casebank.schema import Faulty
from interviews.actions import feedback, marks
from interviews.carrying.rows import LEFT_OUT, TABLES
from interviews.models import Note, NotePicture, Session
from mlsd_site.accounts.models import User
from tests.interviews.actions.test_feedback import ABOUT_ADA
from tests.interviews.carrying.archives import NOW, archive, emptied, files, meaning, put, zipped
from whiteboard.models import Board, Element

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(ada: User, ben: User) -> None:
    """Both have confirmed their address."""
    for one in (ada, ben):
        EmailAddress.objects.create(user=one, email=one.email, verified=True, primary=True)


def changed(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The same archive with another first session."""
    held = files(data)
    name = next(one for one in held if one.startswith("sessions/"))
    said = json.loads(held[name])
    change(said)
    return zipped({**held, name: json.dumps(said).encode()})


def test_a_life_goes_into_an_empty_installation_and_comes_out_equal(life: User) -> None:
    before = archive()
    emptied()
    done = put(before)
    assert set(done.outcomes.values()) == {"new"}
    assert done.accounts == User.objects.count() > 0
    assert not User.objects.exclude(is_active=False).exists()
    after, asked = meaning(archive()), meaning(before)
    assert after.keys() == asked.keys()
    for name, one in asked.items():
        assert after[name] == one, name


def test_the_same_import_again_changes_nothing(life: User, confirmed: None) -> None:
    data = archive()
    assert set(put(data).outcomes.values()) == {"same"}
    emptied()
    put(data)
    counts = {model: model._default_manager.count() for _, model, _ in TABLES}
    again = put(data)
    assert (set(again.outcomes.values()), again.accounts) == ({"same"}, 0)
    assert counts == {model: model._default_manager.count() for _, model, _ in TABLES}


def test_looking_first_keeps_nothing(scored: Session) -> None:
    data = archive()
    emptied()
    assert put(data, dry=True).outcomes == {str(scored.pk): "new"}
    assert not Session.objects.exists()
    assert not User.objects.exists()


def test_a_session_that_differs_here_is_left_as_it_is(scored: Session, confirmed: None) -> None:
    data = archive()
    Note.objects.filter(session=scored).update(text="Written since.")
    assert put(data).outcomes == {str(scored.pk): "differs"}
    assert Note.objects.filter(text="Written since.").exists()


def test_a_picture_and_a_drawing_arrive(life: User) -> None:
    kept = {one.pk: bytes(one.data) for one in NotePicture.objects.filter(session__state="ended")}
    boards = Session.objects.filter(state="ended").values("board")
    rows = Element.objects.filter(board__in=boards).values_list("element_id", "version", "author__email")
    drawn = sorted(rows)
    assert kept
    assert drawn
    data = archive()
    emptied()
    put(data)
    assert {one.pk: bytes(one.data) for one in NotePicture.objects.all()} == kept
    assert sorted(Element.objects.values_list("element_id", "version", "author__email")) == drawn


def test_people_are_known_by_an_address_that_they_confirmed(scored: Session, ada: User, ben: User) -> None:
    data = archive()
    emptied()
    here = User.objects.create_user(ada.email.upper(), display_name="Ada, here")
    EmailAddress.objects.create(user=here, email=ada.email, verified=True)
    assert put(data).accounts == 1
    assert scored.seats.model.objects.get(role="candidate").user == here
    other = User.objects.get(email=ben.email)
    assert (other.is_active, other.has_usable_password(), other.display_name) == (False, False, "Ben")


def test_who_only_claims_an_address_is_given_nothing(scored: Session, ada: User) -> None:
    data = archive()
    emptied()
    User.objects.create_user(ada.email, display_name="Not Ada")
    with pytest.raises(Faulty, match="never confirmed this address"):
        put(data)
    assert not Session.objects.exists()


def test_the_case_is_in_nobodys_bank_unless_it_was_there(scored: Session, ada: User, confirmed: None) -> None:
    version = scored.case_version
    data = archive()
    Session.objects.all().delete()
    Board.objects.all().delete()
    put(data)
    assert Session.objects.get().case_version == version
    emptied()
    put(data)
    arrived = Session.objects.get().case_version
    assert (arrived.number, arrived.title) == (version.number, version.title)
    assert not visible_to(User.objects.get(email=ada.email)).exists()
    assert SeenCase.objects.filter(case=arrived.case, how="candidate").exists()


def test_sealed_stays_sealed(scored: Session, ada: User, ben: User, client: Any) -> None:
    mine, theirs = scored.seats.get(user=ada), scored.seats.get(user=ben)
    marks.mark(seat=theirs, item="", level=3, sheet=None, reason="Solid.", now=NOW)
    feedback.send(seat=theirs, about=mine, given=ABOUT_ADA, now=NOW)
    data = archive()
    assert "Calm." in "".join(one.decode(errors="replace") for one in files(data).values())
    emptied()
    put(data)
    client.force_login(User.objects.get(email=ada.email))
    User.objects.update(is_active=True)
    client.force_login(User.objects.get(email=ada.email))
    page = client.get(f"/sessions/{scored.pk}/report/").content.decode()
    assert "Calm." not in page
    assert client.get(f"/sessions/{scored.pk}/feedback/").status_code == 200


@pytest.mark.parametrize("state", ["lobby", "live"])
def test_only_ended_sessions_leave(lobby: Session, live: Session, state: str) -> None:
    assert not [one for one in files(archive()) if one.startswith("sessions/")]


def first(said: dict[str, Any], table: str) -> Any:
    return said["tables"][table][0]


WRONG: list[tuple[str, Callable[[dict[str, Any]], None]]] = [
    ("session.state: is not that of a session which has ended", lambda one: one["session"].update(state="live")),
    ("session.mode: is not one of its choices", lambda one: one["session"].update(mode="crowd")),
    ("session.started_at: has a value of another kind", lambda one: one["session"].update(started_at=5)),
    ("session.ended_at: has no time zone", lambda one: one["session"].update(ended_at="2026-01-01T00:00:00")),
    ("session.more: is not a known field", lambda one: one["session"].update(more=1)),
    ("more: is not a known key", lambda one: one.update(more=1)),
    ("tables.seats: must be a list", lambda one: one["tables"].update(seats={})),
    ("tables.seats[0].user: names nobody", lambda one: first(one, "seats").update(user="x@example.com")),
    ("tables.items[0].sheet: names nobody", lambda one: first(one, "items").update(sheet=99)),
    ("tables.items[0].level", lambda one: first(one, "items").update(level=10**9)),
    ("item_has_no_such_level|level_from_0_to_3", lambda one: first(one, "items").update(level=9)),
    ("tables.notes[0].text: holds characters", lambda one: first(one, "notes").update(text="\0")),
    ("tables.events[0].data: holds characters", lambda one: first(one, "events").update(data={"a": ["\0"]})),
    ("one_candidate_per_session|one_seat_per_person", lambda one: one["tables"]["seats"].append(first(one, "seats"))),
    ("case.hash: is not a hash", lambda one: one["case"].update(hash="../x")),
    ("case.slug: is not a case's name", lambda one: one["case"].update(slug="../x")),
    ("board: type of element", lambda one: first(one, "submissions").update(board=[{"id": "a", "type": "iframe"}])),
    ("authors: names nobody", lambda one: one.update(authors=["x@example.com"])),
]  # fmt: skip


@pytest.mark.parametrize(("said", "change"), WRONG)
def test_what_is_no_session_is_refused_with_its_place(
    scored: Session, said: str, change: Callable[[dict[str, Any]], None]
) -> None:
    data = archive()
    emptied()
    expected = "|".join(part.replace("[", r"\[").replace(".", r"\.") for part in said.split("|"))
    with pytest.raises(Faulty, match=expected) as refused:
        put(changed(data, change))
    assert f"{scored.pk}" in str(refused.value)
    assert not Session.objects.exists()
    assert not User.objects.exists()


def test_a_log_that_is_damaged_or_a_bomb_is_refused(scored: Session) -> None:
    import zlib

    held = files(archive())
    emptied()
    name = f"boards/{scored.pk}.bin"
    for log in (b"", b"\1x", b"\1" + zlib.compress(b"{}"), b"\1" + zlib.compress(b" " * 70_000_000)):
        with pytest.raises(Faulty, match="board: has a log that"):
            put(zipped({**held, name: log}))


def test_the_archive_names_its_form_and_everybody(scored: Session) -> None:
    held = files(archive())
    for name, data, said in (
        ("about.json", b'{"form": 2}', "about.json:0: form"),
        ("about.json", b"[", "about.json:1: file: is not JSON"),
        ("people.json", b'{"nobody": "x"}', "people.json:0: nobody: is not an address"),
        ("people.json", b'{"a@example.com": "x"}', "does not say name and left_at"),
        ("people.json", b'{"a@example.com": {"name": 1, "left_at": null}}', "a value of another kind"),
        ("people.json", b"[]", "must be a mapping"),
    ):
        with pytest.raises(Faulty, match=said):
            put(zipped({**held, name: data}))
    with pytest.raises(Faulty, match="is missing"):
        put(zipped({"about.json": held["about.json"]}))


def test_every_table_of_a_session_is_carried_or_left_out_for_a_reason() -> None:
    known = {model for _, model, _ in TABLES}
    assert not known & set(LEFT_OUT)
    reach: set[type[models.Model]] = {Session}
    for _ in range(4):
        reach |= {
            model
            for model in apps.get_app_config("interviews").get_models()
            for field in model._meta.concrete_fields
            if field.related_model in reach and isinstance(field, models.ForeignKey)
        }
    beyond = {
        one for one in reach if any(field.related_model in LEFT_OUT for field in one._meta.concrete_fields)
    }
    assert reach - {Session} - beyond - set(LEFT_OUT) == known
