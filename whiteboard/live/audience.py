"""Who has a board open in this process, and how they are told things."""

from __future__ import annotations

from typing import Any

import orjson

from whiteboard.live.member import Member


class Audience:
    """The members of a room. What all of them hear is encoded once."""

    def __init__(self) -> None:
        self._members: set[Member] = set()

    def add(self, member: Member) -> None:
        """From now on they hear everything."""
        self._members.add(member)

    def discard(self, member: Member) -> None:
        """They hear no more."""
        self._members.discard(member)

    def dismiss(self, code: int) -> None:
        """Close everybody's socket with this code."""
        for member in self._members:
            member.close(code)

    def tell(
        self, message: dict[str, Any] | bytes, *, but: Member | None = None, droppable: bool = False
    ) -> None:
        """Tell everybody, or everybody but one."""
        payload = message if isinstance(message, bytes) else orjson.dumps(message)
        for member in self._members:
            if member is not but:
                member.send(payload, droppable=droppable)

    def tell_role(self, role: str, message: dict[str, Any]) -> None:
        """Tell those of one role."""
        payload = orjson.dumps(message)
        for member in self._members:
            if member.role == role:
                member.send(payload)

    def tell_key(self, key: int, message: dict[str, Any]) -> None:
        """Tell the members of this key."""
        payload = orjson.dumps(message)
        for member in self._members:
            if member.key == key:
                member.send(payload)
