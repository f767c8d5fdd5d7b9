"""Groups: a person's own, one group's page, and what a mentor changes about it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebank.queries import visible_to
from interviews import access
from interviews.actions import groups, memberships
from interviews.errors import Refused
from interviews.forms import Invitation
from interviews.groupforms import GroupForm
from interviews.models import Membership
from interviews.queries import groups as queries
from interviews.views.request import UserRequest


@never_cache
@login_required
@require_safe
def mine(request: UserRequest) -> HttpResponse:
    """The groups that this person is in."""
    return render(
        request, "interviews/groups/list.html", {"mine": queries.groups_of(request.user, timezone.now())}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: UserRequest) -> HttpResponse:
    """Make a group."""
    form = GroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        group = groups.create(by=request.user, now=timezone.now(), **form.cleaned_data)
        return redirect("interviews:group", group.pk)
    page = {"form": form, "group": None}
    return render(request, "interviews/groups/edit.html", page, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def show(request: UserRequest, pk: UUID) -> HttpResponse:
    """A group as this member sees it."""
    return page(request, access.member_in(request.user, pk))


def page(
    request: UserRequest, me: Membership, *, form: Invitation | None = None, link: str = ""
) -> HttpResponse:
    """The group's page; with what was wrong about an address, or a link that is shown this once."""
    now = timezone.now()
    rows = queries.rows_of(me, now)
    context = {
        "me": me,
        "group": me.group,
        "own": [row for row in rows if row.may_enter or (row.may_start and not me.group.closed_at)],
        "rows": rows if me.is_mentor else [row for row in rows if row.standing == "done"],
        "to_begin": sum(row.may_withdraw for row in rows) if me.is_mentor else 0,
        "people": queries.people_of(me.group, rows),
        "form": form or Invitation(),
        "link": link,
    }
    if me.is_mentor:
        context["invites"] = queries.open_invites(me.group, now)
        context["cases"] = list(queries.cases_of(me.group, request.user).values_list("title", flat=True))
    return render(
        request, "interviews/groups/show.html", context, status=422 if form and form.errors else 200
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: UUID) -> HttpResponse:
    """Another name or description."""
    group = access.mentor_in(request.user, pk).group
    first = {"name": group.name, "description": group.description}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        groups.edit(group=group, **form.cleaned_data)
        return redirect("interviews:group", pk)
    context = {"form": form, "group": group}
    return render(request, "interviews/groups/edit.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def close(request: UserRequest, pk: UUID) -> HttpResponse:
    """End the programme."""
    groups.close(group=access.mentor_in(request.user, pk).group, now=timezone.now())
    messages.success(request, "The group is closed. What was done stays readable.")
    return redirect("interviews:group", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: UserRequest, pk: UUID) -> HttpResponse:
    """Choose the cases that the group works on, among those that this mentor sees."""
    group = access.mentor_in(request.user, pk).group
    if request.method == "POST":
        count = groups.set_cases(group=group, by=request.user, slugs=request.POST.getlist("case")[:1000])
        messages.success(request, f"{count} case{'s' * (count != 1)} chosen.")
        return redirect("interviews:group", pk)
    context = {
        "group": group,
        "cases": visible_to(request.user).defer("prompt", "search"),
        "chosen": set(group.cases.values_list("case_id", flat=True)),
    }
    return render(request, "interviews/groups/cases.html", context)


@login_required
@require_POST
def leave(request: UserRequest, pk: UUID) -> HttpResponse:
    """Leave the group."""
    me = access.member_in(request.user, pk)
    memberships.leave(group=me.group, user_id=me.user_id, now=timezone.now())
    messages.success(request, f"You have left {me.group.name}.")
    return redirect("interviews:groups")


@login_required
@require_POST
def remove(request: UserRequest, pk: UUID, user_id: int) -> HttpResponse:
    """Take somebody out of the group."""
    me = access.mentor_in(request.user, pk)
    memberships.leave(group=me.group, user_id=user_id, now=timezone.now(), removed_by=request.user.pk)
    return redirect("interviews:group", pk)


@login_required
@require_POST
def role(request: UserRequest, pk: UUID, user_id: int) -> HttpResponse:
    """Make a member a mentor, or a mentor a member."""
    group = access.mentor_in(request.user, pk).group
    wanted = request.POST.get("role")
    if wanted not in Membership.Role.values:
        raise Refused("no_role", "There is no such role. Nothing was changed.", status=422)
    memberships.set_role(
        group=group,
        user_id=user_id,
        role=Membership.Role(wanted),
        by=request.user.pk,
        now=timezone.now(),
    )
    return redirect("interviews:group", pk)
