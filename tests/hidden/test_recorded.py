"""Whoever is sent something hidden, or somebody else's, is written down (docs/adr/0038): every route of the product is
asked for, and where the words of a hidden thing come back, the audit log has a row of its reader."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.db import transaction
from django.test import Client

from casebank.models import Guide
from interviews.audit.verbs import Verb
from interviews.models import AuditEntry, Session
from mlsd_site.accounts.models import User
from tests.e2e.leaks import leaks
from tests.hidden.addresses import addresses, sent
from tests.interviews.canaries import FEEDBACK, FROM_ADA, PRIVATE, REASON, VERDICT_REASON, tell_all
from tests.interviews.conftest import CANARY

GUIDE = {CANARY: Verb.GUIDE_READ}
TO_ADA = GUIDE | {REASON: Verb.MARKS_READ, VERDICT_REASON: Verb.MARKS_READ, FEEDBACK: Verb.FEEDBACK_READ}
TO_BEN = GUIDE | {PRIVATE: Verb.PRIVATE_NOTES_READ, FROM_ADA: Verb.FEEDBACK_READ}


def unrecorded(
    client: Client, user: User, session: Session, words: Mapping[str, Verb]
) -> tuple[list[str], set[Verb]]:
    """The addresses that sent such a word without a row of who read it, and the verbs of the rows that there were."""
    missing, found = [], set()
    for address in addresses(session):
        with transaction.atomic():
            data = sent(client.get(address))
            rows = set(AuditEntry.objects.filter(actor=user.pk).values_list("verb", flat=True))
            transaction.set_rollback(True)
        for word, _ in leaks(data, words):
            if rows & {words[word], Verb.DATA_EXPORTED, Verb.SESSIONS_EXPORTED}:
                found.add(words[word])
            else:
                missing.append(f"{words[word]}: {address}")
    return missing, found


def test_in_the_room(live: Session, ben: User, as_ben: Client) -> None:
    assert unrecorded(as_ben, ben, live, TO_BEN) == ([], {Verb.GUIDE_READ})


@pytest.fixture
def told(live: Session, ada: User, ben: User) -> Session:
    body = {
        "opening": CANARY,
        "items": {"clarify.goal": {"earns_2": CANARY, "earns_3": CANARY, "typical_wrong": CANARY}},
        "reference": {
            "decisions": [{"when": CANARY, "pick": CANARY, "because": CANARY}],
            "objective_chain": {"loss": CANARY},
        },
    }
    Guide.objects.update(body=body)
    return tell_all(live, ada, ben)


def test_by_the_candidate_afterwards(told: Session, ada: User, as_ada: Client) -> None:
    assert unrecorded(as_ada, ada, told, TO_ADA) == ([], set(TO_ADA.values()))


def test_by_the_interviewer_afterwards(told: Session, ben: User, as_ben: Client) -> None:
    assert unrecorded(as_ben, ben, told, TO_BEN) == ([], set(TO_BEN.values()))
