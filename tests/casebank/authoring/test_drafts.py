"""Writing: nothing that was typed is lost, and nothing faulty is published."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from casebank import files, slugs
from casebank.actions import drafts
from casebank.actions.publish import publish
from casebank.errors import Refused
from casebank.models import Case, CaseVersion, Draft
from interviews.actions import sessions
from interviews.models import Mode, Role
from mlsd_site.accounts.models import User
from tests.casebank.authoring.conftest import CANARY
from tests.interviews.stage import published_case

HTMX = {"HX-Request": "true"}


def save(client: Client, draft: Draft, text: str, version: int, **more: str) -> tuple[int, str]:
    sent = {"text": text, "version": version, **more}
    response = client.post(f"/cases/drafts/{draft.pk}/", sent, headers=HTMX)
    return response.status_code, response.content.decode()


def test_a_save_says_what_is_wrong_and_where(draft: Draft, as_ada: Client) -> None:
    status, said = save(as_ada, draft, draft.text.replace("level: senior", "level: wizard"), 1)
    assert status == 200
    assert "<html" not in said
    assert 'data-line="6"' in said
    assert "<code>case.level</code>" in said
    assert 'name="version" value="2"' in said


@pytest.mark.parametrize(
    "text", ["", "title: [", "a: &b [*b]", "\t", "ü" * 1_000, "</textarea><script>x</script>"]
)
def test_a_faulty_text_is_kept_as_it_is(draft: Draft, as_ada: Client, text: str) -> None:
    assert save(as_ada, draft, text, 1)[0] == 200
    draft.refresh_from_db()
    assert (draft.text, draft.version) == (text, 2)
    page = as_ada.get(f"/cases/drafts/{draft.pk}/").content.decode()
    assert "<script>x" not in page


def test_a_save_on_top_of_another_keeps_both_texts(draft: Draft, as_ada: Client) -> None:
    save(as_ada, draft, "theirs: 1", 1)
    status, said = save(as_ada, draft, "mine: 1", 1)
    assert status == 409
    assert "Both texts are kept" in said
    assert "theirs: 1" in said
    assert 'name="version" value="1"' in said
    draft.refresh_from_db()
    assert draft.text == "theirs: 1"


def test_without_script_a_conflict_leaves_the_text_in_the_box(draft: Draft, as_ada: Client) -> None:
    save(as_ada, draft, "theirs: 1", 1)
    response = as_ada.post(f"/cases/drafts/{draft.pk}/", {"text": "mine: 1", "version": 1})
    assert response.status_code == 409
    assert ">\nmine: 1</textarea>" in response.content.decode()


def test_after_a_conflict_mine_can_be_saved_over_it(draft: Draft, as_ada: Client) -> None:
    save(as_ada, draft, "theirs: 1", 1)
    assert save(as_ada, draft, "mine: 1", 1, over="2")[0] == 200
    draft.refresh_from_db()
    assert (draft.text, draft.version) == ("mine: 1", 3)


def test_after_a_conflict_mine_can_be_kept_beside_it(draft: Draft, as_ada: Client) -> None:
    save(as_ada, draft, "theirs: 1", 1)
    as_ada.post(f"/cases/drafts/{draft.pk}/copy/", {"text": "mine: 1", "version": 1})
    assert set(Draft.objects.values_list("text", flat=True)) == {"theirs: 1", "mine: 1"}


def test_the_same_save_twice_is_one(draft: Draft, as_ada: Client) -> None:
    assert save(as_ada, draft, "mine: 1", 1)[0] == save(as_ada, draft, "mine: 1", 1)[0] == 200
    draft.refresh_from_db()
    assert draft.version == 2


@pytest.mark.parametrize("version", ["", "x", "-1", "1e3", "9" * 30, "٣"])
def test_a_save_on_top_of_nothing_is_a_conflict(draft: Draft, as_ada: Client, version: str) -> None:
    response = as_ada.post(f"/cases/drafts/{draft.pk}/", {"text": "mine: 1", "version": version})
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("text", "status"), [("x" * 500_000, 413), ("a: 1\nb: \x00", 422)], ids=["large", "nul"]
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_box(
    draft: Draft, as_ada: Client, text: str, status: int
) -> None:
    before = draft.text
    answered, said = save(as_ada, draft, text, 1)
    assert (answered, "Nothing was saved" in said) == (status, True)
    draft.refresh_from_db()
    assert draft.text == before


def test_line_ends_of_a_browser_change_nothing(draft: Draft, as_ada: Client) -> None:
    assert save(as_ada, draft, draft.text.replace("\n", "\r\n"), 1)[0] == 200
    draft.refresh_from_db()
    assert draft.version == 1


def test_publishing_makes_a_private_version(draft: Draft, ada: User, as_ada: Client) -> None:
    response = as_ada.post(
        f"/cases/drafts/{draft.pk}/", {"text": draft.text, "version": 1, "then": "publish"}
    )
    case = Case.objects.get()
    assert response["Location"] == f"/cases/{case.slug}/"
    assert (case.owner, case.slug[:10], case.versions.get().number) == (ada, "ad-clicks-", 1)


def test_a_faulty_draft_is_saved_and_not_published(draft: Draft, as_ada: Client) -> None:
    text = draft.text.replace("level: senior", "level: wizard")
    response = as_ada.post(f"/cases/drafts/{draft.pk}/", {"text": text, "version": 1, "then": "publish"})
    assert response.status_code == 422
    assert "case.level" in response.content.decode()
    assert not Case.objects.exists()
    draft.refresh_from_db()
    assert draft.text == text


def test_publishing_again_makes_the_next_version_and_leaves_the_first(
    published: CaseVersion, second: CaseVersion
) -> None:
    assert (second.case, second.number) == (published.case, 2)
    published.refresh_from_db()
    assert published.title == "Ad click prediction"


def test_publishing_without_a_change_makes_none(draft: Draft, published: CaseVersion) -> None:
    assert drafts.publish(draft=draft, base=1) == (published, "unchanged")
    assert CaseVersion.objects.count() == 1


def test_publishing_a_save_that_is_no_longer_there_is_a_conflict(draft: Draft) -> None:
    with pytest.raises(drafts.Stale):
        drafts.publish(draft=draft, base=7)


def test_a_session_keeps_the_version_it_began_with(
    draft: Draft, published: CaseVersion, ada: User, as_ada: Client
) -> None:
    session = sessions.create(
        by=ada,
        version=published,
        mode=Mode.SOLO,
        role=Role.CANDIDATE,
        framework="seven-step",
        level="senior",
        now=timezone.now(),
    )
    save(as_ada, draft, draft.text.replace("title: Ad", "title: New ad"), 1)
    as_ada.post(
        f"/cases/drafts/{draft.pk}/",
        {"text": draft.text.replace("title: Ad", "title: New ad"), "version": 2, "then": "publish"},
    )
    session.refresh_from_db()
    assert session.case_version == published
    assert published.case.versions.count() == 2


def test_two_people_may_wish_for_one_name(draft: Draft, cleo: User, whole: str) -> None:
    other = drafts.create(by=cleo, text=whole, now=timezone.now())
    mine, theirs = drafts.publish(draft=draft, base=1)[0], drafts.publish(draft=other, base=1)[0]
    assert mine.case != theirs.case
    assert slugs.wish(mine.case) == slugs.wish(theirs.case) == "ad-clicks"


def test_the_projects_files_never_become_a_version_of_somebodys_case(draft: Draft, ada: User) -> None:
    ours = published_case()
    content = drafts.check(draft.text).content
    assert content
    mine = drafts.publish(draft=draft, base=1)[0]
    assert publish(content=content)[0].case not in (ours.case, mine.case)


def test_what_is_published_comes_back_for_editing(published: CaseVersion, draft: Draft, ada: User) -> None:
    assert drafts.edit(case=published.case, by=ada, now=timezone.now()) == draft
    drafts.discard(draft=draft)
    again = drafts.edit(case=published.case, by=ada, now=timezone.now())
    assert drafts.publish(draft=again, base=1) == (published, "unchanged")


def test_discarding_leaves_what_was_published(draft: Draft, published: CaseVersion, as_ada: Client) -> None:
    as_ada.post(f"/cases/drafts/{draft.pk}/discard/")
    assert not Draft.objects.exists()
    assert as_ada.get(f"/cases/{published.case.slug}/").status_code == 200


def test_a_draft_that_is_gone_cannot_be_saved(draft: Draft) -> None:
    stale = Draft.objects.get()
    drafts.discard(draft=draft)
    with pytest.raises(Refused, match="discarded"):
        drafts.save(draft=stale, text="a", base=1, now=timezone.now())


def test_the_previews_show_each_half_to_its_seat(draft: Draft, as_ada: Client) -> None:
    candidate = as_ada.get(f"/cases/drafts/{draft.pk}/preview/candidate/").content.decode()
    interviewer = as_ada.get(f"/cases/drafts/{draft.pk}/preview/interviewer/").content.decode()
    assert "this person" in candidate
    assert CANARY not in candidate
    assert CANARY in interviewer


def test_a_candidates_half_can_be_seen_before_the_guide_is_whole(draft: Draft, as_ada: Client) -> None:
    save(as_ada, draft, draft.text.split("\nguide:")[0], 1)
    assert "this person" in as_ada.get(f"/cases/drafts/{draft.pk}/preview/candidate/").content.decode()
    assert "nothing to show" in as_ada.get(f"/cases/drafts/{draft.pk}/preview/interviewer/").content.decode()


def test_a_blank_draft_says_what_is_still_to_write(as_ada: Client) -> None:
    where = as_ada.post("/cases/drafts/new/", {"blank": "1"})["Location"]
    page = as_ada.get(where).content.decode()
    assert "guide.facts" in page
    assert "should have at least 12 items" in page
    assert drafts.check(files.blank()).case
