"""The calendar's pages, without a script and with htmx; who may come in; what a stranger learns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from casebank.limits import spend
from casebank.models import CaseVersion
from interviews.actions import availability
from interviews.limits import AVAILABILITY
from interviews.models import Block, Booking, Listing, OutgoingMail, Slot, Weekly
from mlsd_site.accounts.models import User
from tests.interviews.appointments import agreed, lives_in, offers_evenings, proposed

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")
HTMX = {"HX-Request": "true"}
VERBS = ["accept/", "decline/", "counter/", "cancel/", "open/"]


def in_two_days(hours: int = 0) -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2, hours=hours)


@pytest.fixture
def booking(ada: User, ben: User) -> Booking:
    """Agreed for the day after tomorrow: Ben interviews Ada."""
    lives_in(ada, "Europe/Berlin")
    lives_in(ben, "America/New_York")
    return agreed(ben, ada, start=in_two_days(), now=timezone.now())


@pytest.mark.parametrize("path", ["", "propose/", f"bookings/{NOWHERE}/", "people/1/"])
def test_nobody_reads_without_logging_in(path: str, client: Client, db: None) -> None:
    assert client.get(f"/calendar/{path}").status_code == 302


def test_forged_posts_are_refused(booking: Booking, as_ada: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = as_ada.cookies
    assert strict.post(f"/calendar/bookings/{booking.pk}/cancel/").status_code == 403


def test_each_sees_the_same_instant_by_their_own_clock(
    booking: Booking, as_ada: Client, as_ben: Client
) -> None:
    pages = [one.get(f"/calendar/bookings/{booking.pk}/").content.decode() for one in (as_ada, as_ben)]
    shown = [re.search(r'<time[^>]+datetime="([^"]+)"[^>]*>([^<]+)<', page) for page in pages]
    assert shown[0]
    assert shown[1]
    assert datetime.fromisoformat(shown[0][1]) == datetime.fromisoformat(shown[1][1]) == booking.starts_at
    assert shown[0][2] != shown[1][2]
    assert "Europe/Berlin" in pages[0]
    assert "America/New York" in pages[1]


def test_no_address_of_the_partner_is_anywhere(
    booking: Booking, ada: User, ben: User, as_ada: Client, signed_in: Callable[[User], Client]
) -> None:
    listing = offers_evenings(ben, now=timezone.now())
    token = availability.make_feed(by=ada, now=timezone.now())
    for path in ("", f"bookings/{booking.pk}/", f"people/{listing.pk}/", "propose/", f"feed/{token}.ics"):
        said = as_ada.get(f"/calendar/{path}").content.decode()
        assert "ben@example.com" not in said, path
        assert "Ben" in said or path == "propose/"
    for mail in OutgoingMail.objects.filter(to=ada.email):
        assert "ben@example.com" not in f"{mail.subject}{mail.body}{mail.attachments}"


def test_hours_are_added_and_removed_without_a_script(as_ada: Client, ada: User) -> None:
    answer = as_ada.post("/calendar/hours/", {"weekday": "1", "begins": "18:00", "ends": "00:00"})
    assert (answer.status_code, answer["Location"]) == (302, "/calendar/")
    assert "18:00–24:00" in as_ada.get("/calendar/").content.decode()
    rule = Weekly.objects.get(user=ada)
    assert as_ada.post(f"/calendar/hours/{rule.pk}/remove/").status_code == 302
    assert not Weekly.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_overlaps_is_refused_and_what_was_typed_is_kept(headers: dict[str, str], as_ada: Client) -> None:
    as_ada.post("/calendar/hours/", {"weekday": "1", "begins": "18:00", "ends": "20:00"})
    answer = as_ada.post(
        "/calendar/hours/", {"weekday": "1", "begins": "19:15", "ends": "21:00"}, headers=headers
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "overlaps with Tuesday 18:00–20:00" in said
    assert 'value="19:15"' in said
    assert ("<html" in said) == (not headers)
    assert Weekly.objects.count() == 1


def test_a_time_that_the_clocks_skip_is_refused(as_ada: Client, ada: User) -> None:
    lives_in(ada, "Europe/Berlin")
    week = [datetime(timezone.now().year + 1, 3, day, tzinfo=UTC) for day in range(25, 32)]
    sunday = next(day for day in week if day.weekday() == 6)
    answer = as_ada.post(
        "/calendar/slots/", {"day": f"{sunday:%Y-%m-%d}", "begins": "02:30", "ends": "05:00"}
    )
    assert answer.status_code == 422
    assert "does not exist" in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"day": "yesterday", "begins": "25:00", "ends": ""},
        {"day": "0001-01-01", "begins": "00:00", "ends": "01:00"},
        {"day": "9999-12-31", "begins": "23:00", "ends": "00:00"},
        {"day": "2020-01-01", "begins": "10:00", "ends": "12:00"},
        {"day": "\x00", "begins": "10:00'--", "ends": "<script>"},
    ],
)
def test_bad_input_is_told_and_changes_nothing(data: dict[str, str], as_ada: Client, ben: User) -> None:
    assert as_ada.post("/calendar/slots/", data).status_code == 422
    assert as_ada.post("/calendar/hours/", data).status_code == 422
    offers_evenings(ben, now=timezone.now())
    plan = {"partner": "Ben", "minutes": "45", "role": "candidate", "framework": "seven-step", "level": "mid"}
    answer = as_ada.post("/calendar/propose/", {**plan, **data, "at": data.get("begins", "")})
    assert answer.status_code == 422
    assert not Slot.objects.exists()
    assert not Booking.objects.exists()


@pytest.mark.parametrize(("zone", "day"), [("Asia/Tokyo", "0001-01-01"), ("America/New_York", "9999-12-31")])
def test_the_edge_of_the_calendar_is_no_day_to_meet(
    zone: str, day: str, as_ada: Client, ada: User, ben: User
) -> None:
    lives_in(ada, zone)
    begins = "00:00" if day < "5" else "23:00"
    answer = as_ada.post("/calendar/slots/", {"day": day, "begins": begins, "ends": "00:00"})
    assert answer.status_code == 422
    assert "a calendar has" in answer.content.decode()


def test_a_length_that_nobody_offers_is_the_usual_one(as_ben: Client, ada: User, ben: User) -> None:
    listing = offers_evenings(ada, now=timezone.now())
    for given in ("9" * 5000, "30", "٤٥", "-45"):
        page = as_ben.get(f"/calendar/people/{listing.pk}/", {"minutes": given})
        assert page.status_code == 200
        assert page.context["minutes"] == 45


def test_my_own_rules_alone_are_mine_to_remove(as_cleo: Client, ada: User) -> None:
    offers_evenings(ada, now=timezone.now())
    as_cleo.post(f"/calendar/hours/{Weekly.objects.get().pk}/remove/")
    assert Weekly.objects.count() == 1


def test_an_offered_time_is_taken_from_the_page(as_ben: Client, ada: User, ben: User) -> None:
    listing = offers_evenings(ada, now=timezone.now())
    assert "Ada" in as_ben.get("/calendar/").content.decode()
    page = as_ben.get(f"/calendar/people/{listing.pk}/").content.decode()
    start = re.findall(r'name="start" value="([^"]+)"', page)[0]
    plan = {"start": start, "minutes": "45", "role": "interviewer", "framework": "seven-step"}
    answer = as_ben.post(f"/calendar/people/{listing.pk}/", plan)
    booking = Booking.objects.get()
    assert answer["Location"] == f"/calendar/bookings/{booking.pk}/"
    assert booking.starts_at == datetime.fromisoformat(start)
    again = as_ben.post(f"/calendar/people/{listing.pk}/", plan)
    assert again.status_code == 409
    assert "another interview at that time" in again.content.decode()


def test_swapping_is_offered_by_who_lists_themselves(as_ada: Client, as_ben: Client, ada: User) -> None:
    lives_in(ada, "UTC")
    listing = offers_evenings(ada, now=timezone.now())
    address = f"/calendar/people/{listing.pk}/"
    assert 'name="swap"' not in as_ben.get(address).content.decode()
    as_ada.post("/calendar/listing/", {"wanted": "either", "language": "en", "swaps": "on"})
    assert "checked" in as_ada.get("/calendar/").content.decode()
    assert "may swap roles" in as_ben.get("/calendar/").content.decode()
    page = as_ben.get(address).content.decode()
    start = re.findall(r'name="start" value="([^"]+)"', page)[0]
    plan = {"start": start, "minutes": "45", "role": "candidate", "framework": "seven-step", "swap": "on"}
    as_ada.post("/calendar/listing/", {"wanted": "either", "language": "en"})
    refused = as_ben.post(address, plan)
    assert refused.status_code == 422
    assert "They do not swap roles" in refused.content.decode()
    as_ada.post("/calendar/listing/", {"wanted": "either", "language": "en", "swaps": "on"})
    as_ben.post(address, plan)
    assert Booking.objects.get().swap


def test_whoever_is_blocked_or_hidden_looks_like_nobody(as_ben: Client, ada: User, ben: User) -> None:
    listing = offers_evenings(ada, now=timezone.now())
    Block.objects.create(by=ada, of=ben)
    assert as_ben.get(f"/calendar/people/{listing.pk}/").status_code == 404
    Block.objects.all().delete()
    for levels in (("mid", "staff"), ("staff", "mid")):
        for user, level in zip((ada, ben), levels, strict=True):
            User.objects.filter(pk=user.pk).update(target_level=level)
        assert as_ben.get(f"/calendar/people/{listing.pk}/").status_code == 404
    User.objects.filter(pk=ben.pk).update(target_level="senior")
    assert as_ben.get(f"/calendar/people/{listing.pk}/").status_code == 200
    Listing.objects.all().delete()
    assert as_ben.get(f"/calendar/people/{listing.pk}/").status_code == 404


def test_a_partner_is_found_by_name_or_address_and_answers(as_ben: Client, as_ada: Client, ada: User) -> None:
    availability.list_me(by=ada, wanted="either", language="en", now=timezone.now())
    day = in_two_days()
    wish = {
        **{"minutes": "45", "role": "interviewer", "framework": "seven-step", "level": "senior"},
        **{"day": f"{day:%Y-%m-%d}", "at": "18:00", "note": "<b>Hello</b>"},
    }
    assert as_ben.post("/calendar/propose/", {**wish, "partner": "Nobody"}).status_code == 422
    assert as_ben.post("/calendar/propose/", {**wish, "partner": "Ben"}).status_code == 422
    assert as_ben.post("/calendar/propose/", {**wish, "partner": "ADA@example.com"}).status_code == 302
    booking = Booking.objects.get()
    page = as_ada.get(f"/calendar/bookings/{booking.pk}/").content.decode()
    assert "&lt;b&gt;Hello&lt;/b&gt;" in page
    start = re.findall(r'name="start" value="([^"]+)"', page)[0]
    assert as_ada.post(f"/calendar/bookings/{booking.pk}/accept/", {"start": start}).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "confirmed"


def test_another_time_is_proposed_and_declined(booking: Booking, as_ada: Client, as_ben: Client) -> None:
    later = in_two_days(24)
    path = f"/calendar/bookings/{booking.pk}/"
    past = as_ada.post(path + "counter/", {"day": "2020-01-01", "at": "10:00"})
    assert past.status_code == 422
    assert "is over" in past.content.decode()
    assert as_ada.post(path + "counter/", {"day": f"{later:%Y-%m-%d}", "at": "18:00"}).status_code == 302
    assert "the agreed time stays" in as_ben.get(path).content.decode()
    as_ben.post(path + "decline/")
    booking.refresh_from_db()
    assert (booking.state, booking.asked_at) == ("confirmed", None)


def test_both_enter_the_same_room_when_it_is_time(
    booking: Booking, as_ada: Client, as_ben: Client, case_version: CaseVersion
) -> None:
    path = f"/calendar/bookings/{booking.pk}/"
    assert as_ben.post(path + "open/").status_code == 409
    soon = timezone.now() + timedelta(minutes=10)
    Booking.objects.update(starts_at=soon, ends_at=soon + timedelta(minutes=45))
    first, second = as_ben.post(path + "open/"), as_ada.post(path + "open/")
    assert first["Location"] == second["Location"]
    assert as_ada.get(first["Location"]).status_code == 200
    assert first["Location"] in as_ada.get("/calendar/").content.decode()


def test_the_feed_opens_with_its_token_alone_until_it_is_replaced(
    booking: Booking, as_ada: Client, client: Client
) -> None:
    page = as_ada.post("/calendar/feed/").content.decode()
    address = re.findall(r"/calendar/feed/[\w-]{43}\.ics", page)[0]
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart") == booking.starts_at
    assert address not in as_ada.get("/calendar/").content.decode()
    newer = re.findall(r"/calendar/feed/[\w-]{43}\.ics", as_ada.post("/calendar/feed/").content.decode())[0]
    assert client.get(address).status_code == 404
    assert client.get(newer).status_code == 200
    as_ada.post("/calendar/feed/revoke/")
    assert client.get(newer).status_code == 404
    assert client.get("/calendar/feed/.ics").status_code == 404


def test_hostile_names_stay_text(ada: User, ben: User, as_ada: Client) -> None:
    User.objects.filter(pk=ben.pk).update(display_name="<script>x\r\nBcc: e@x.org")
    ben.refresh_from_db()
    proposed(ben, ada, start=in_two_days(), now=timezone.now())
    assert "<script>x" not in as_ada.get("/calendar/").content.decode()
    assert OutgoingMail.objects.get().subject == "<script>x Bcc: e@x.org proposes an interview"


def test_who_does_it_too_often_waits(as_ada: Client, ada: User) -> None:
    for _ in range(AVAILABILITY.most):
        spend(AVAILABILITY, by=ada.pk, now=timezone.now())
    assert as_ada.post("/calendar/hours/", {}).status_code == 429
