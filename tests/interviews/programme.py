"""A group on the stage: Ben is its mentor, Ada and Dora are members; Cleo is a stranger to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from casebank.actions import seen
from casebank.models import Case, CaseVersion, Guide, SeenCase
from interviews.actions import groups, memberships
from interviews.actions.assignments import Terms
from interviews.models import Assignment, Group, Membership, Session
from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD
from tests.interviews.history import held

NOW = timezone.now()


def terms(due: datetime | None = None) -> Terms:
    return Terms("seven-step", "senior", due or NOW + timedelta(days=7))


def published(slug: str) -> Case:
    """A case that everybody sees."""
    case = Case.objects.create(slug=slug)
    version = CaseVersion.objects.create(
        case=case,
        number=1,
        content_hash="0" * 64,
        title=slug.replace("-", " ").capitalize(),
        summary="A case.",
        prompt="Design it.",
        level="senior",
        kind="ranking",
    )
    Guide.objects.create(version=version, body={})
    return case


def person(name: str) -> User:
    return User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, display_name=name)


def join(group: Group, by: User, *users: User) -> None:
    """These come in by a link of `by`."""
    token = memberships.make_link(group=group, by=by, now=NOW)
    for user in users:
        memberships.join(token=token, by=user, now=NOW)


def programme(mentor: User, *members: User, cases: int = 6) -> Group:
    """A group of these, with some cases."""
    group = groups.create(by=mentor, name="Study circle", description="Thursdays", now=NOW)
    join(group, mentor, *members)
    slugs = [published(f"case-{number}").slug for number in range(cases)]
    groups.set_cases(group=group, by=mentor, slugs=slugs)
    return group


def knows(user: User, slug: str) -> None:
    seen.mark(case_id=Case.objects.get(slug=slug).pk, ways={user.pk: SeenCase.How.GUIDE}, now=NOW)


def membership(group: Group, user: User) -> Membership:
    return Membership.objects.select_related("group").get(group=group, user=user)


def interview(
    group: Group, candidate: User, interviewer: User, version: CaseVersion, days: float, *, rated: bool = True
) -> Session:
    """One that the group set, and that was held so many days ago."""
    session = held(candidate, interviewer, version, ended=NOW - timedelta(days=days), rated=rated)
    Assignment.objects.create(
        group=group,
        candidate=candidate,
        interviewer=interviewer,
        case=version.case,
        framework="seven-step",
        level="senior",
        due_at=NOW,
        session=session,
    )
    return session
