"""A bank of a thousand cases, published as an import publishes them, and a person who has used it."""

from __future__ import annotations

import random
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from casebank import frameworks
from casebank.actions.publish import publish
from casebank.actions.seen import mark
from casebank.checklist import CONTENT
from casebank.models import CaseVersion
from casebank.schema import Content, read_case
from interviews.actions import sessions
from interviews.models import ItemScore, Mode, Role, ScoreSheet
from mlsd_site.accounts.models import User

LEVELS = ("mid", "senior", "staff")
KINDS = ("ranking", "retrieval", "recommendation", "classification", "detection", "regression", "forecasting")


def fill(cases: int, chance: random.Random) -> None:
    """The project's cases over and over, each time with another title, level, kind, tags and order of the prompt."""
    originals = [read_case(folder) for folder in sorted((CONTENT / "cases").iterdir()) if folder.is_dir()]
    tags = sorted({tag for one in originals for tag in one.case.tags} | {f"topic {i}" for i in range(200)})
    words = sorted({word for one in originals for word in one.case.title.split()})
    for i in range(cases):
        original = chance.choice(originals)
        sentences = original.case.prompt.split(". ")
        chance.shuffle(sentences)
        said = {
            "title": f"{original.case.title}: {' '.join(chance.sample(words, 3))}"[:110],
            "level": chance.choice(LEVELS),
            "kind": chance.choice(KINDS),
            "tags": chance.sample(tags, chance.randint(3, 8)),
            "prompt": ". ".join(sentences),
        }
        publish(
            content=Content(
                f"case-{i:04}", original.case.model_copy(update=said), original.guide, original.reference
            )
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does soon after an import


def known_and_scored(chance: random.Random) -> User:
    """Somebody who knows sixty cases and has five scored sessions."""
    user = User.objects.create_user("ada@example.com", display_name="Ada")
    versions = list(CaseVersion.objects.all())
    for version in chance.sample(versions, 60):
        mark(
            case_id=version.case_id, ways={user.pk: chance.choice(("guide", "candidate"))}, now=timezone.now()
        )
    for version in chance.sample(versions, 5):
        began = timezone.now() - timedelta(hours=1)
        session = sessions.create(
            by=user,
            version=version,
            mode=Mode.SOLO,
            role=Role.CANDIDATE,
            framework="seven-step",
            level="senior",
            now=began,
        )
        seat = session.seats.get()
        sessions.start(session=session, by=seat, now=began)
        sessions.submit(session=session, by=seat, now=timezone.now())
        sheet = ScoreSheet.objects.create(
            submission=session.submission,
            source=ScoreSheet.Source.AUTOMATIC,
            scorer_version="bench",
            overall=2,
        )
        ItemScore.objects.bulk_create(
            ItemScore(sheet=sheet, item=item, level=chance.randint(1, 3), evidence=[{"where": "data"}])
            for step in frameworks.default().steps
            for item in step.items
        )
    return user
