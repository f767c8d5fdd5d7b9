"""Boards that people have open, in this process: a hub of rooms, and the bus to the rooms of other processes.

    hub = Hub(); await hub.open()
    room = await hub.join(board_id)          # one Room per open board and process
    room.enter(member, since=seq)            # sends board.init, and everything that follows
    await room.submit(member, ref, raw)      # validated now, acknowledged after COMMIT
    room.pointer(member, message); room.send("all", message)
    room.leave(member); await hub.part(room)

A room knows nothing of sessions or seats: a member has a key, a role to address it by, and may draw or not.
Everything here runs on one event loop.
"""

from .hub import Hub
from .member import Member
from .room import Room

__all__ = ["Hub", "Member", "Room"]
