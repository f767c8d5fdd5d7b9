"""Idempotency-Key: whoever asks again with the same key gets the first answer, and nothing happens twice.

The request and the answer that is kept are one transaction, under a lock that Postgres drops with it (docs/adr/0034): a
process that is killed in between has done nothing, and two that run at once cannot both do it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from interviews.errors import Refused
from mlsd_site.accounts.models import KeptAnswer

HEADER = "Idempotency-Key"
LIFETIME = timedelta(days=1)
LONGEST = 200
# Larger answers are files, which nothing that creates gives.
_LARGEST = 256 * 1024
_SWEPT = 50


def once(
    request: HttpRequest, key: str, *, user_id: int, now: datetime, do: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    """The answer to this request: what was kept for the key, or else what `do` makes, which is kept if it succeeds.

    Raises Refused: no_key (400), key_in_use (409) while the first still runs, key_reused (409) for another request.
    """
    if not key or len(key) > LONGEST or not key.isprintable():
        raise Refused("no_key", f"An Idempotency-Key has 1 to {LONGEST} plain characters.", status=400)
    hashed, asked = _hash(key.encode()), _fingerprint(request)
    with transaction.atomic():
        if not _locked(user_id, hashed):
            raise Refused(
                "key_in_use", "The first request with this key still runs. Ask again.", retry_after=1
            )
        kept = KeptAnswer.objects.filter(user_id=user_id, key_hash=hashed).first()
        if kept and kept.created_at > now - LIFETIME:
            return _again(kept, asked)
        response = do(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif response.status_code < 300 and not response.streaming and len(response.content) <= _LARGEST:
            _keep(response, user_id, hashed, asked, now)
    return response


def _again(kept: KeptAnswer, asked: str) -> HttpResponse:
    if kept.request_hash != asked:
        raise Refused(
            "key_reused",
            "This Idempotency-Key was used for another request. Nothing was changed; take a new key.",
        )
    response = HttpResponse(bytes(kept.body), status=kept.status, content_type=kept.content_type)
    response["Idempotency-Replayed"] = "true"
    return response


def _keep(response: HttpResponse, user_id: int, hashed: str, asked: str, now: datetime) -> None:
    old = KeptAnswer.objects.filter(created_at__lte=now - LIFETIME).select_for_update(skip_locked=True)
    KeptAnswer.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_SWEPT])).delete()
    KeptAnswer.objects.update_or_create(
        user_id=user_id,
        key_hash=hashed,
        defaults={
            "request_hash": asked,
            "status": response.status_code,
            "content_type": response.get("Content-Type", ""),
            "body": response.content,
            "created_at": now,
        },
    )


def _locked(user_id: int, hashed: str) -> bool:
    number = int.from_bytes(hashlib.sha256(f"{user_id}:{hashed}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _fingerprint(request: HttpRequest) -> str:
    said = [request.method or "", request.get_full_path(), request.content_type or ""]
    return _hash("\n".join(said).encode() + b"\n" + request.body)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
