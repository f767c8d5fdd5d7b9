from __future__ import annotations

import asyncio

import orjson

from tests.whiteboard.live.stage import play
from whiteboard.live import Member
from whiteboard.live.member import MAX_BEFORE_A_POINTER, MAX_BYTES, RESYNC


def _member() -> Member:
    return Member(key=1, user_id=1, role="candidate", may_draw=True)


async def _sent(member: Member) -> list[bytes]:
    sent: list[bytes] = []

    async def send(payload: bytes) -> None:
        sent.append(payload)

    await member.flush(send)
    return sent


def test_messages_are_sent_in_order_and_the_last_before_the_close() -> None:
    async def scene() -> None:
        member, sent = _member(), []

        async def send(payload: bytes) -> None:
            sent.append(orjson.loads(payload)["t"])

        draining = asyncio.create_task(member.drain(send))
        member.send({"t": "hello"})
        await asyncio.sleep(0)
        member.send(b'{"t":"ended"}')
        member.close(4403)
        assert await draining == 4403
        assert sent == ["hello", "ended"]

    play(scene)


def test_a_slow_reader_misses_pointers_first() -> None:
    async def scene() -> None:
        member = _member()
        for _ in range(MAX_BEFORE_A_POINTER * 2):
            member.send(b"pointer", droppable=True)
        member.send(b"delta")
        assert await _sent(member) == [b"pointer"] * MAX_BEFORE_A_POINTER + [b"delta"]

    play(scene)


def test_queued_pointers_give_way_to_what_matters() -> None:
    async def scene() -> None:
        member = _member()
        member.send(b"pointer", droppable=True)
        member.send(b"d" * (MAX_BYTES - 10))
        member.send(b"more-delta")
        assert [payload[:1] for payload in await _sent(member)] == [b"d", b"m"]

    play(scene)


def test_a_reader_that_stands_still_is_closed_to_resync_and_holds_no_memory() -> None:
    async def scene() -> None:
        member = _member()
        draining = asyncio.create_task(member.drain(lambda _: asyncio.sleep(3_600)))
        await asyncio.sleep(0)
        for _ in range(6):
            member.send(b"x" * (MAX_BYTES // 4))
            await asyncio.sleep(0)
        assert await draining == RESYNC
        assert await _sent(member) == []

    play(scene)


def test_a_board_larger_than_the_bound_can_still_be_handed_over() -> None:
    async def scene() -> None:
        member = _member()
        member.send(b"x" * (MAX_BYTES * 2))
        assert len(await _sent(member)) == 1

    play(scene)


def test_the_first_reason_to_close_counts() -> None:
    async def scene() -> None:
        member = _member()
        member.close(4401)
        member.close(1012)
        member.send(b"too late")
        assert await member.drain(lambda _: asyncio.sleep(0)) == 4401
        assert await _sent(member) == []

    play(scene)
