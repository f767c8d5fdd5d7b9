from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from interviews.actions import notes, sessions
from interviews.errors import Refused
from interviews.models import NoteRevision, PrivateEvent, Seat
from interviews.queries.notes_then import notes_then
from mlsd_site.accounts.models import User
from tests.interviews.stage import Pair, pair

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def two(ada: User, ben: User) -> Pair:
    made = pair(ada, ben)
    sessions.start(session=made.session, by=made.interviewer, now=NOW)
    return made


def save(seat: Seat, text: str, base: int) -> int:
    return notes.save(seat=seat, step="data", text=text, base=base, now=SOON).version


def test_each_save_is_a_new_version(two: Pair) -> None:
    assert save(two.candidate, "logs", 0) == 1
    assert save(two.candidate, "logs and labels", 1) == 2


def test_sending_the_same_again_changes_nothing(two: Pair) -> None:
    assert save(two.candidate, "logs", 0) == 1
    assert save(two.candidate, "logs", 0) == 1


def test_a_save_on_top_of_an_old_version_is_refused_with_both_kept(two: Pair) -> None:
    save(two.candidate, "from one window", 0)
    with pytest.raises(notes.Stale) as stale:
        save(two.candidate, "from another", 0)
    assert (stale.value.text, stale.value.version) == ("from one window", 1)


def test_the_interviewer_cannot_write_the_candidates_notes(two: Pair) -> None:
    with pytest.raises(Refused) as refused:
        save(two.interviewer, "mine", 0)
    assert refused.value.status == 403


def test_nothing_is_accepted_after_the_deadline(two: Pair) -> None:
    with pytest.raises(Refused, match="not saved"):
        notes.save(seat=two.candidate, step="data", text="late", base=0, now=NOW + timedelta(minutes=46))


def test_nothing_is_accepted_while_paused(two: Pair) -> None:
    sessions.pause(session=two.session, by=two.interviewer, now=SOON)
    with pytest.raises(Refused, match="not running"):
        save(two.candidate, "logs", 0)


def test_a_note_of_60000_characters_is_refused_in_words(two: Pair) -> None:
    with pytest.raises(Refused, match="50,000 characters"):
        save(two.candidate, "x" * 60_000, 0)


def test_an_unknown_step_is_refused(two: Pair) -> None:
    with pytest.raises(Refused) as refused:
        notes.save(seat=two.candidate, step="nope", text="x", base=0, now=SOON)
    assert refused.value.status == 400


def test_private_notes_belong_to_the_interviewer_alone(two: Pair) -> None:
    assert notes.save_private(seat=two.interviewer, text="strong on data", base=0, now=SOON).version == 1
    with pytest.raises(Refused):
        notes.save_private(seat=two.candidate, text="x", base=0, now=SOON)


def test_the_guide_opens_to_the_interviewer_and_the_first_reading_is_logged(two: Pair) -> None:
    for _ in range(2):
        assert notes.read_guide(seat=two.interviewer, now=SOON)["facts"]
    assert PrivateEvent.objects.filter(kind="guide_opened").count() == 1


def test_the_notes_at_a_moment_are_what_was_saved_by_then(two: Pair) -> None:
    texts = ["logs", "click logs", "click logs, joined", "joined"]
    for second, text in enumerate(texts):
        at = SOON + timedelta(seconds=second)
        notes.save(seat=two.candidate, step="data", text=text, base=second, now=at)
    assert notes_then(two.session, SOON - timedelta(seconds=1))["data"] == ""
    for second, text in enumerate(texts):
        then = notes_then(two.session, SOON + timedelta(seconds=second + 0.5))
        assert (then["data"], then["model"]) == (text, "")


def test_what_is_not_accepted_is_no_revision(two: Pair) -> None:
    save(two.candidate, "logs", 0)
    save(two.candidate, "logs", 0)
    with pytest.raises(notes.Stale):
        save(two.candidate, "other", 0)
    assert list(NoteRevision.objects.values_list("version", "inserted")) == [(1, "logs")]
