"""Groups, their members, and their rotas."""

from __future__ import annotations

from django.urls import include, path

from interviews.views import group_levels, groups, joining, rota

_group = [
    path("", groups.show, name="group"),
    path("edit/", groups.edit, name="group_edit"),
    path("close/", groups.close, name="group_close"),
    path("cases/", groups.cases, name="group_cases"),
    path("leave/", groups.leave, name="group_leave"),
    path("members/<int:user_id>/remove/", groups.remove, name="group_remove"),
    path("members/<int:user_id>/role/", groups.role, name="group_role"),
    path("levels/", group_levels.show, name="group_levels"),
    path("levels/mine/", group_levels.agree, name="group_levels_mine"),
    path("invite/", joining.invite, name="group_invite"),
    path("invites/<int:invite_id>/revoke/", joining.revoke, name="group_revoke"),
    path("rota/", rota.plan, name="group_rota"),
    path("rota/withdraw/", rota.withdraw_all, name="group_withdraw_all"),
    path("rota/<int:assignment_id>/withdraw/", rota.withdraw, name="group_withdraw"),
    path("rota/<int:assignment_id>/time/", rota.propose, name="group_time"),
    path("rota/<int:assignment_id>/start/", rota.start, name="group_start"),
]

urlpatterns = [
    path("groups/", groups.mine, name="groups"),
    path("groups/new/", groups.new, name="group_new"),
    path("groups/join/", joining.join, name="group_join"),
    path("groups/join/<str:token>/", joining.open_link, name="group_open"),
    path("groups/<uuid:pk>/", include(_group)),
]
