"""Practise now, and a partner who does not come."""

from __future__ import annotations

from django.urls import path

from interviews.views import partner, practise

urlpatterns = [
    path("practise/", practise.show, name="practise"),
    path("practise/now/", practise.ask, name="practise_now"),
    path("practise/again/", practise.meet_again, name="practise_again"),
    path("practise/leave/", practise.leave, name="practise_leave"),
    path("practise/offers/<uuid:pk>/accept/", practise.accept, name="offer_accept"),
    path("practise/offers/<uuid:pk>/decline/", practise.decline, name="offer_decline"),
    path("sessions/<uuid:pk>/partner/", partner.show, name="partner"),
    path("sessions/<uuid:pk>/partner/another/", partner.find_another, name="partner_another"),
    path("sessions/<uuid:pk>/partner/alone/", partner.go_alone, name="partner_alone"),
]
