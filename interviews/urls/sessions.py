"""Sessions, their rooms and reports, and invites."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import (
    beside,
    board,
    clock,
    guide,
    invites,
    marks,
    people,
    replay,
    report,
    room,
    sessions,
    sheets,
    system,
    taking,
)

_session = [
    path("", room.show, name="room"),
    path("lobby/", room.lobby, name="lobby"),
    path("clock/", clock.show, name="clock"),
    path("start/", clock.start, name="start"),
    path("pause/", clock.pause, name="pause"),
    path("resume/", clock.resume, name="resume"),
    path("submit/", clock.submit, name="submit"),
    path("abandon/", clock.abandon, name="abandon"),
    path("invite/", invites.create, name="invite"),
    path("invite/revoke/", invites.revoke, name="invite_revoke"),
    path("one-interviewer/", invites.go_on_with_one, name="one_interviewer"),
    path("people/", people.show, name="people"),
    path("people/<int:seat_id>/dismiss/", people.dismiss, name="dismiss"),
    path("guide/", guide.show, name="guide"),
    path("guide/reference.<slug:ending>", guide.reference, name="reference"),
    path("system/", system.show, name="system"),
    path("report/", report.show, name="report"),
    path("report/scores/", report.scores, name="report_scores"),
    path("report/reference/", beside.show, name="beside"),
    path("report/retry/", report.retry, name="report_retry"),
    path("report/judge/", report.ask_judge, name="judge"),
    path("report/marks/", marks.show, name="marks"),
    path("report/marks/save/", marks.save, name="mark"),
    path("report/marks/confirm/", marks.confirm, name="marks_confirm"),
    path("report/marks/seal/", marks.seal, name="marks_seal"),
    path("replay/", replay.show, name="replay"),
    path("board.<slug:ending>", board.export, name="board"),
    path("sheet/", sheets.full, name="full_sheet"),
    path("sheet.<slug:form>", sheets.full, name="full_sheet_as"),
]

urlpatterns = [
    path("sessions/", sessions.mine, name="list"),
    path("sessions/agreement/", marks.agreements, name="agreement"),
    path("sessions/export.zip", taking.archive, name="take_archive"),
    path("sessions/export.csv", taking.listing, name="take_table"),
    path("sessions/new/", sessions.new, name="new"),
    path("sessions/<uuid:pk>/", include(_session)),
    path("invites/", invites.accept, name="invite_accept"),
    path("invites/<str:token>/", invites.open_link, name="invite_open"),
]
