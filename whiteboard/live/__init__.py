"""Boards that people have open, in this process: a hub of rooms, and the bus to the rooms of other processes.

    hub = Hub(); await hub.open()            # and await hub.close(): everybody is sent away with 1012
    room = await hub.join(board_id)          # one Room per open board and process; NoBoard (a LookupError)
    member = Member(key=seat, user_id=user, role="candidate", may_draw=True)
    room.enter(member, since=seq)            # queues board.init (room.snapshot(since)), then all that follows
    code = await member.drain(send_bytes)    # sends what is queued, until member.close(code)
    room.submit(member, ref, raw)            # relays it at once; queues board.ack after COMMIT, or board.reject
    room.pointer(member, message)            # to all others, in every process; droppable
    room.send("all" or a role, message)      # to the members in this process
    room.send_to(key, message)               # to the members of one key, in every process
    room.leave(member); await hub.part(room)
    bus.announce(board_id, message, audience="all")   # from any thread or process, to every process's members

Close codes: 4413 for a reader that fell behind, 1012 on shut-down, 1013 while Postgres is away. All three
mean: reconnect, and send again what was not acknowledged.

A room knows nothing of sessions or seats: a member has a key, a role to address it by, and may draw or not.
Everything but `announce` runs on one event loop. While Postgres is away nothing is acknowledged; after some
seconds members are closed with 1013, reconnect and send again what was not acknowledged. While Redis is away,
other processes' deltas arrive through Postgres, up to two seconds late; pointers and announcements are lost.
"""

from .hub import Hub
from .member import Member
from .room import Room
from .store import NoBoard

__all__ = ["Hub", "Member", "NoBoard", "Room"]
