"""The calendar: free times, offers, bookings, and the feed for calendar programs."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from interviews.views import bookings, calendar

_booking: list[URLPattern | URLResolver] = [
    path("", bookings.show, name="booking"),
    path("accept/", bookings.accept, name="booking_accept"),
    path("decline/", bookings.decline, name="booking_decline"),
    path("counter/", bookings.counter, name="booking_counter"),
    path("cancel/", bookings.cancel, name="booking_cancel"),
    path("open/", bookings.open_room, name="booking_open"),
]

_calendar: list[URLPattern | URLResolver] = [
    path("", calendar.show, name="calendar"),
    path("hours/", calendar.add_hours, name="hours"),
    path("hours/<int:pk>/remove/", calendar.remove_hours, name="hours_remove"),
    path("slots/", calendar.add_slot, name="slots"),
    path("slots/<int:pk>/remove/", calendar.remove_slot, name="slot_remove"),
    path("listing/", calendar.list_me, name="listing"),
    path("feed/", calendar.make_feed, name="feed_make"),
    path("feed/revoke/", calendar.revoke_feed, name="feed_revoke"),
    path("feed/<str:token>.ics", calendar.feed, name="feed"),
    path("people/<int:pk>/", bookings.person, name="offered_times"),
    path("propose/", bookings.propose, name="propose"),
    path("bookings/<uuid:pk>/", include(_booking)),
]

urlpatterns = [path("calendar/", include(_calendar))]
