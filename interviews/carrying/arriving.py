"""Sessions from another installation: read, checked, and put in, all of them or none.

People are known by an address that they have confirmed here; for everybody else an account is made that nobody can log
in to until an admin opens it. A session that is here already is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Literal

import orjson
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError, transaction

from casebank import unpacking
from casebank.schema import Fault, Faulty
from casebank.unpacking import Archive
from interviews.carrying import placing, whole
from interviews.carrying.rows import Unfit, simple
from interviews.models import Session

Outcome = Literal["new", "same", "differs"]
_MOST_FAULTS = 50


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of the sessions, by id, and how many accounts were made."""

    outcomes: dict[str, Outcome]
    accounts: int


@transaction.atomic
def arrive(file: IO[bytes], *, name: str, now: datetime, dry: bool = False) -> Arrival:
    """Put in the sessions of an archive that `whole.write` has made, and faults call `name`.

    With `dry` nothing is kept. Doing it again changes nothing. Raises Faulty, with every reason.
    """
    with unpacking.opened(file, whole.BOUNDS, fits=whole.FITS, name=name) as archive:
        if _json(archive, "about.json").get("form") != whole.FORM:
            raise Faulty([Fault("about.json", 0, "form", "is not one that this release reads")])
        faults: list[Fault] = []
        people, made = _people(_json(archive, "people.json"), faults)
        _raise(faults)
        outcomes: dict[str, Outcome] = {}
        for one in _in_order(archive, faults):
            try:
                with transaction.atomic():
                    outcomes[one["id"]] = _arrive(one, archive, people, now)
            except Unfit as error:
                faults.append(Fault(f"sessions/{one['id']}.json", 0, error.key, str(error)))
            except Faulty as error:
                faults += error.faults
            except DatabaseError as error:
                reason = f"breaks a rule of the database: {str(error).splitlines()[0][:200]}"
                faults.append(Fault(f"sessions/{one['id']}.json", 0, "", reason))
            if len(faults) > _MOST_FAULTS:
                break
        _raise(faults)
    if dry:
        transaction.set_rollback(True)
    return Arrival(outcomes, made)


def _arrive(document: dict[str, Any], archive: Archive, people: dict[str, int], now: datetime) -> Outcome:
    pk = document["id"]
    carried = whole.Carried(document, _log(archive, pk), _pictures(document, archive))
    here = Session.objects.select_related("case_version__case", "board").filter(pk=pk).first()
    if here is not None:
        return "same" if _is_same(here, carried) else "differs"
    said = _json(archive, f"cases/{placing.hash_of(document)}.json")
    placing.place(carried, said, people, now)
    return "new"


def _is_same(here: Session, carried: whole.Carried) -> bool:
    try:
        return placing.is_same(whole.carried(here, {}), carried)
    except whole.Torn:
        return False


def _in_order(archive: Archive, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """The sessions, a half that follows another after it."""
    later = []
    for name in archive.names:
        if not name.startswith("sessions/"):
            continue
        try:
            document = _json(archive, name)
            if document.get("id") != name[len("sessions/") : -len(".json")]:
                raise Faulty([Fault(name, 0, "id", "is not the name of its file")])
        except Faulty as error:
            faults += error.faults
            continue
        if document.get("follows") is None:
            yield document
        else:
            later.append(name)
    for name in later:
        yield _json(archive, name)


def _people(said: dict[str, Any], faults: list[Fault]) -> tuple[dict[str, int], int]:
    """{address: id} of everybody, and how many accounts were made for it."""
    found: dict[str, int] = {}
    made = 0
    for address, one in said.items():
        try:
            found[address], new = _person(address, one)
            made += new
        except Unfit as error:
            faults.append(Fault("people.json", 0, address[:100], str(error)))
    return found, made


def _person(address: str, said: Any) -> tuple[int, bool]:
    user = get_user_model()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Unfit(address, "is not an address") from error
    if not isinstance(said, dict) or said.keys() != {"name", "left_at"} or address != address.lower():
        raise Unfit(address, "is not in lower case, or does not say name and left_at")
    fields = {
        "display_name": simple(user._meta.get_field("display_name"), said["name"]),
        "deleted_at": simple(user._meta.get_field("deleted_at"), said["left_at"]),
    }
    confirmed = EmailAddress.objects.filter(email__iexact=address, verified=True).first()
    if confirmed:
        return confirmed.user_id, False
    here = user._default_manager.filter(email__iexact=address).first()
    if here and (here.is_active or here.has_usable_password()):
        # Whoever claims somebody's address must not be given their sessions.
        raise Unfit(
            address,
            "has an account here that never confirmed this address; have it confirmed in /admin/ first",
        )
    if here:
        return here.pk, False
    new = user(email=address, is_active=False, **fields)
    new.set_unusable_password()
    new.save()
    return new.pk, True


def _pictures(document: dict[str, Any], archive: Archive) -> dict[str, bytes]:
    tables = document.get("tables")
    rows = tables.get("pictures") if isinstance(tables, dict) else None
    names = [str(one.get("id")) for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return {one: _bytes(archive, f"pictures/{one}.webp") for one in names}


def _log(archive: Archive, pk: str) -> bytes:
    return _bytes(archive, f"boards/{pk}.bin")


def _bytes(archive: Archive, name: str) -> bytes:
    if name not in archive.names:
        raise Faulty([Fault(name[:100], 0, "", "is missing")])
    return archive.read(name)


def _json(archive: Archive, name: str) -> dict[str, Any]:
    try:
        value = orjson.loads(_bytes(archive, name))
    except orjson.JSONDecodeError as error:
        raise Faulty([Fault(name, error.lineno, "", "is not JSON")]) from error
    if not isinstance(value, dict):
        raise Faulty([Fault(name, 1, "", "must be a mapping")])
    return value


def _raise(faults: list[Fault]) -> None:
    if faults:
        raise Faulty(faults)
