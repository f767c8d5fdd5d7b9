"""The guide reaches its owner and who has held an interview with it, and nobody else by any way around."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.utils import timezone

from casebank import access
from casebank.models import Case, CaseVersion, Draft
from interviews.actions import invites, sessions
from interviews.models import Mode, Role, Session
from mlsd_site.accounts.models import User
from tests.casebank.authoring.conftest import CANARY


def pages(client: Client, case: Case) -> Iterator[str]:
    """Everything that a person can be sent of a case, and of what they fork from it."""
    for path in ("", "versions/", "versions/?old=1&new=2", "versions/?old=2&new=1", "versions/1/export/"):
        yield client.get(f"/cases/{case.slug}/{path}").content.decode()
    for number in (1, 2):
        where = client.post(f"/cases/{case.slug}/versions/{number}/fork/").headers.get("Location")
        if where and "/drafts/" in where:
            for path in ("", "text/", "preview/candidate/", "preview/interviewer/"):
                yield client.get(where + path).content.decode()
    for path in ("/cases/", "/cases/drafts/", "/cases/?words=zanzibar", "/sessions/new/"):
        yield client.get(path).content.decode()


def interview(version: CaseVersion, *, candidate: User, interviewer: User, end: bool = True) -> Session:
    """An interview with this version, held to its end or left running."""
    now = timezone.now()
    session = sessions.create(
        by=candidate,
        version=version,
        mode=Mode.PEER,
        role=Role.CANDIDATE,
        framework="seven-step",
        level="senior",
        now=now,
    )
    seat = session.seats.get()
    _, token = invites.create(session=session, by=seat, role="interviewer", now=now)
    guest = invites.redeem(token=token, by=interviewer, now=now)
    session = sessions.start(session=session, by=guest, now=now)
    return sessions.submit(session=session, by=seat, now=now) if end else session


def test_who_sees_a_shared_case_never_gets_its_guide(
    shared: Case, second: CaseVersion, as_ben: Client
) -> None:
    sent = list(pages(as_ben, shared))
    assert len(sent) > 12
    assert not [text for text in sent if CANARY in text]
    assert any("Ad clicks, again" in text for text in sent)


def test_a_stranger_gets_nothing(shared: Case, second: CaseVersion, as_cleo: Client) -> None:
    for text in pages(as_cleo, shared):
        assert CANARY not in text
        assert "Ad clicks, again" not in text


def test_the_owner_gets_it(shared: Case, second: CaseVersion, as_ada: Client) -> None:
    assert sum(CANARY in text for text in pages(as_ada, shared)) >= 6


def test_who_has_conducted_a_version_reads_the_guide_of_that_version(
    shared: Case, published: CaseVersion, second: CaseVersion, ada: User, ben: User, as_ben: Client
) -> None:
    interview(published, candidate=ada, interviewer=ben)
    assert CANARY in as_ben.get(f"/cases/{shared.slug}/versions/1/export/").content.decode()
    assert as_ben.get(f"/cases/{shared.slug}/versions/2/export/").status_code == 403
    assert CANARY not in as_ben.get(f"/cases/{shared.slug}/versions/?old=1&new=2").content.decode()
    draft = as_ben.post(f"/cases/{shared.slug}/versions/1/fork/")["Location"]
    assert CANARY in as_ben.get(f"{draft}text/").content.decode()


def test_an_interview_that_still_runs_opens_nothing(
    shared: Case, published: CaseVersion, ada: User, ben: User, as_ben: Client
) -> None:
    interview(published, candidate=ada, interviewer=ben, end=False)
    assert as_ben.get(f"/cases/{shared.slug}/versions/1/export/").status_code == 403


def test_a_session_that_never_began_opens_nothing(published: CaseVersion, shared: Case, ben: User) -> None:
    now = timezone.now()
    session = sessions.create(
        by=ben,
        version=published,
        mode=Mode.PEER,
        role=Role.INTERVIEWER,
        framework="seven-step",
        level="senior",
        now=now,
    )
    assert not access.rights(ben, published).reads_guide
    sessions.abandon(session=session, by=session.seats.get(), now=now)
    assert not access.rights(ben, published).reads_guide


def test_the_candidate_of_an_interview_gets_nothing(
    published: CaseVersion, shared: Case, ben: User, cleo: User, as_cleo: Client
) -> None:
    interview(published, candidate=cleo, interviewer=ben)
    assert not access.rights(cleo, published).reads_guide
    assert as_cleo.get(f"/cases/{shared.slug}/versions/1/export/").status_code == 404


def test_who_sits_as_the_candidate_now_does_not_read_it_again(
    published: CaseVersion, shared: Case, ada: User, ben: User, cleo: User, as_ben: Client
) -> None:
    interview(published, candidate=cleo, interviewer=ben)
    assert access.rights(ben, published).reads_guide
    interview(published, candidate=ben, interviewer=ada, end=False)
    assert as_ben.get(f"/cases/{shared.slug}/versions/1/export/").status_code == 403


def test_anybody_forks_the_candidates_half_of_the_projects_cases(
    published: CaseVersion, shared: Case, as_cleo: Client
) -> None:
    Case.objects.filter(pk=shared.pk).update(owner=None)
    where = as_cleo.post(f"/cases/{shared.slug}/versions/1/fork/")["Location"]
    text = as_cleo.get(f"{where}text/").content.decode()
    assert "Ad click prediction" in text
    assert CANARY not in text
    assert Draft.objects.filter(owner__email="cleo@example.com").get().case is None


def test_without_a_rule_nobody_has_conducted_anything(
    published: CaseVersion, ada: User, ben: User, settings: object
) -> None:
    interview(published, candidate=ada, interviewer=ben)
    settings.CASE_CONDUCTED = None  # type: ignore[attr-defined]
    assert not access.rights(ben, published).reads_guide
