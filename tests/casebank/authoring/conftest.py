"""Ada writes a case and shares it with Ben; Cleo is a stranger to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from casebank.actions import drafts, shares
from casebank.checklist import CONTENT
from casebank.models import Case, CaseVersion, Draft
from casebank.schema import onefile, read_case
from mlsd_site.accounts.models import User

# Stands in every sentence of the guide and nowhere else: whoever is sent it has been sent the guide.
CANARY = "zanzibar-canary-4711"


@pytest.fixture(scope="session")
def whole() -> str:
    """A whole case as one file, the canary all over its guide."""
    content = read_case(CONTENT / "cases" / "ad-click-prediction")
    parts = onefile.parts_of(content)
    marked = {"case": parts["case"], "guide": sing(parts["guide"]), "reference": sing(parts["reference"])}
    return onefile.write("ad-clicks", marked)


def sing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: sing(one) for key, one in value.items()}
    if isinstance(value, list):
        return [sing(one) for one in value]
    return f"{value} {CANARY}" if isinstance(value, str) and len(value) > 40 else value


def confirm(user: User) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@pytest.fixture
def draft(ada: User, whole: str) -> Draft:
    """Ada's draft, whole but not published."""
    return drafts.create(by=ada, text=whole, now=timezone.now())


@pytest.fixture
def published(draft: Draft) -> CaseVersion:
    """Version 1 of Ada's private case."""
    return drafts.publish(draft=draft, base=draft.version)[0]


@pytest.fixture
def second(draft: Draft, published: CaseVersion) -> CaseVersion:
    """Version 2, with another title and another opening."""
    text = draft.text.replace("title: Ad click prediction", "title: Ad clicks, again")
    text = text.replace("  opening: |-\n", f"  opening: |-\n    Another opening, {CANARY}.\n")
    saved, _ = drafts.save(draft=draft, text=text, base=draft.version, now=timezone.now())
    return drafts.publish(draft=saved, base=saved.version)[0]


@pytest.fixture
def shared(published: CaseVersion, ben: User) -> Case:
    """Ada's case, which Ben sees too."""
    confirm(ben)
    shares.share(case=published.case, email=ben.email, now=timezone.now())
    return published.case


def body(response: Any) -> str:
    """The page without what must differ: the masked CSRF tokens."""
    return re.sub(r'("X-CSRFToken": |value=)"\w{64}"', "", str(response.content.decode()))
