"""When one is free, and whether one is found."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from casebank.api.asked import Strict, sent
from casebank.api.drafts import person
from casebank.limits import spend
from interviews.actions import availability
from interviews.errors import Refused
from interviews.limits import AVAILABILITY
from interviews.models import Listing, Slot, Weekly
from interviews.rules.availability import DAY, Hours
from interviews.rules.languages import LANGUAGES


class HoursWrite(Strict):
    """In minutes of the day by your own zone's clock; `weekday` 0 is Monday, `ends` 1440 its last midnight."""

    weekday = serializers.IntegerField(min_value=0, max_value=6)
    begins = serializers.IntegerField(min_value=0, max_value=DAY - 1)
    ends = serializers.IntegerField(min_value=1, max_value=DAY)


class HoursShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    weekday = serializers.IntegerField()
    begins = serializers.IntegerField()
    ends = serializers.IntegerField()


class SlotWrite(Strict):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class SlotShape(serializers.Serializer[Any]):
    id = serializers.IntegerField(source="pk")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class ListingWrite(Strict):
    wanted = serializers.ChoiceField(choices=Listing.Wanted.values)
    language = serializers.ChoiceField(choices=[code for code, _ in LANGUAGES])
    swaps = serializers.BooleanField(default=False)


class ListingShape(serializers.Serializer[Any]):
    """`id` is what others take a time of yours by."""

    id = serializers.IntegerField(source="pk")
    wanted = serializers.CharField()
    language = serializers.CharField()
    swaps = serializers.BooleanField()


@extend_schema(methods=["GET"], operation_id="hours_list", responses=HoursShape(many=True))
@extend_schema(methods=["POST"], request=HoursWrite, responses={201: HoursShape})
@never_cache
@api_view(["GET", "POST"])
def hours(request: Request) -> Response:
    """When you are free every week; POST adds a rule."""
    if request.method == "GET":
        return Response(HoursShape(Weekly.objects.filter(user_id=person(request).pk), many=True).data)
    said = sent(request, HoursWrite)
    if said["begins"] >= said["ends"]:
        raise Refused("no_time", "It ends before it begins. Nothing was saved.", status=422)
    spend(AVAILABILITY, by=person(request).pk, now=timezone.now())
    made = availability.add_hours(by=person(request), hours=Hours(**said))
    return Response(HoursShape(made).data, status=201)


@extend_schema(responses={204: None})
@api_view(["DELETE"])
def one_hours(request: Request, pk: int) -> Response:
    """Take a weekly rule back; one that is not yours or not there is fine."""
    availability.remove_hours(by=person(request), pk=pk)
    return Response(status=204)


@extend_schema(methods=["GET"], operation_id="slots_list", responses=SlotShape(many=True))
@extend_schema(methods=["POST"], request=SlotWrite, responses={201: SlotShape})
@never_cache
@api_view(["GET", "POST"])
def slots(request: Request) -> Response:
    """Single times at which you are free and that are not over; POST adds one."""
    now = timezone.now()
    if request.method == "GET":
        found = Slot.objects.filter(user_id=person(request).pk, ends_at__gt=now)
        return Response(SlotShape(found, many=True).data)
    said = sent(request, SlotWrite)
    spend(AVAILABILITY, by=person(request).pk, now=now)
    return Response(SlotShape(availability.add_slot(by=person(request), now=now, **said)).data, status=201)


@extend_schema(responses={204: None})
@api_view(["DELETE"])
def one_slot(request: Request, pk: int) -> Response:
    """Take a single time back; one that is not yours or not there is fine."""
    availability.remove_slot(by=person(request), pk=pk)
    return Response(status=204)


@extend_schema(methods=["GET"], operation_id="listing_read", responses=ListingShape)
@extend_schema(methods=["PUT"], request=ListingWrite, responses=ListingShape)
@extend_schema(methods=["DELETE"], responses={204: None})
@never_cache
@api_view(["GET", "PUT", "DELETE"])
def listing(request: Request) -> Response:
    """Whether others find you and take your times, 404 where not; PUT makes it so, DELETE ends it."""
    now = timezone.now()
    if request.method == "PUT":
        said = sent(request, ListingWrite)
        spend(AVAILABILITY, by=person(request).pk, now=now)
        availability.list_me(by=person(request), now=now, **said)
    if request.method == "DELETE":
        spend(AVAILABILITY, by=person(request).pk, now=now)
        availability.unlist_me(by=person(request))
        return Response(status=204)
    found = Listing.objects.filter(user_id=person(request).pk).first()
    if found is None:
        raise Http404("Nobody finds you.")
    return Response(ListingShape(found).data)
