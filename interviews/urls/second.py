"""Second ratings: what may be taken, rating it blind, and the raters' discussion."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import second, talk_of_raters

_rating = [
    path("", second.rate, name="second_rate"),
    path("take/", second.take, name="second_take"),
    path("give-back/", second.give_back, name="second_give_back"),
    path("draft/", second.save, name="second_save"),
    path("seal/", second.seal, name="second_seal"),
    path("replay/", second.replay, name="second_replay"),
    path("pictures/<uuid:picture_id>/", second.picture, name="second_picture"),
    path("talk/", talk_of_raters.show, name="second_talk"),
    path("talk/say/", talk_of_raters.say, name="second_say"),
    path("talk/close/", talk_of_raters.close, name="second_close"),
]

urlpatterns = [
    path("ratings/", second.index, name="second"),
    path("ratings/<uuid:pk>/", include(_rating)),
    path("sessions/<uuid:pk>/second/offer/", second.offer, name="second_offer"),
    path("sessions/<uuid:pk>/second/withdraw/", second.withdraw, name="second_withdraw"),
]
