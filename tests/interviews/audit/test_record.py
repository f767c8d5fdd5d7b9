"""Rows of the audit log: what stands in them, and that they stay."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from interviews.audit.record import Deed, network_of, record
from interviews.audit.verbs import READINGS, Kind, Verb
from interviews.models import AuditEntry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, 5, tzinfo=timezone.get_default_timezone())
READING = Deed(Verb.REPORT_READ, Kind.SESSION, "one", 1, 2)
CHANGE = Deed(Verb.LINK_MADE, Kind.SESSION, "one", 1, 1)


def test_a_reading_is_one_row_an_hour_for_the_same_person_and_thing() -> None:
    for minutes in (0, 1, 54):
        record(READING, now=NOON + timedelta(minutes=minutes))
    assert AuditEntry.objects.count() == 1
    record(READING, now=NOON + timedelta(minutes=55))
    record(Deed(Verb.REPORT_READ, Kind.SESSION, "two", 1, 2), now=NOON)
    record(Deed(Verb.REPORT_READ, Kind.SESSION, "one", 3, 2), now=NOON)
    assert AuditEntry.objects.count() == 4


def test_readings_of_nobody_count_as_those_of_one() -> None:
    for _ in range(3):
        record(Deed(Verb.LINK_OPENED, Kind.SESSION, "one", None, 2), now=NOON)
    assert AuditEntry.objects.count() == 1


def test_a_change_is_a_row_each_time() -> None:
    for _ in range(2):
        record(CHANGE, now=NOON)
    assert AuditEntry.objects.count() == 2


def test_many_rows_are_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        record(*(Deed(verb, Kind.SESSION, "one", 1) for verb in READINGS), now=NOON)
    with django_assert_num_queries(0):
        record(now=NOON)


def test_no_row_is_ever_changed_or_deleted_before_its_time(settings: Settings) -> None:
    settings.RETAIN = {**settings.RETAIN, "audit": 10}
    now = timezone.now()
    record(CHANGE, now=now - timedelta(days=9))
    record(CHANGE, now=now - timedelta(days=11))
    settings.RETAIN = {**settings.RETAIN, "audit": None}
    record(CHANGE, now=now - timedelta(days=4000))
    over = AuditEntry.objects.filter(at__lt=now - timedelta(days=10), keep_until__isnull=False)
    for forbidden in (
        lambda: AuditEntry.objects.update(verb=Verb.LINK_REVOKED),
        lambda: over.update(actor=None),
        lambda: AuditEntry.objects.filter(at__gt=now - timedelta(days=10)).delete(),
        lambda: AuditEntry.objects.filter(keep_until=None).delete(),
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            forbidden()
    assert over.delete()[0] == 1
    assert AuditEntry.objects.count() == 2


def test_postgres_knows_the_verbs() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.create(at=NOON, verb="anything", kind=Kind.CASE)


def test_it_points_at_nothing() -> None:
    """So that rows outlive people and things."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, AuditEntry._meta.db_table)
    assert not [one for one in constraints.values() if one["foreign_key"]]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
        ("unix", ""),
    ],
)
def test_of_an_address_the_network_is_kept(address: str, network: str) -> None:
    assert network_of(address) == network
