from __future__ import annotations

from collections.abc import Callable

import pytest

from casebank.models import Case
from interviews.actions import assignments
from interviews.models import Assignment, Group
from mlsd_site.accounts.models import User
from tests.interviews.programme import NOW, terms

Set = Callable[..., Assignment]


@pytest.fixture
def set_one(group: Group, ben: User) -> Set:
    """set_one(ada, dora): Ben sets that Dora interviews Ada."""

    def set_one(*people: User) -> Assignment:
        case = Case.objects.get(slug="case-0")
        return assignments.add(
            group=group, by=ben, people=[one.pk for one in people], case=case, terms=terms(), now=NOW
        )

    return set_one
