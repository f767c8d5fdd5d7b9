"""Whether the invariants of the design held: pure functions from histories, and what the server kept, to violations.

I1 nothing acknowledged is lost, nothing is applied twice. I2 every copy is the server's, which is the replay of its
log. I3 exactly one score. I4 nobody sits in two live sessions. I5 nothing hidden is sent. I6 nothing after the end,
which comes once. I7 no crash, and no 500. I9 each outside effect once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.chaos.history import Entry, Kind, Rank, What

# Seconds between the look at the clock that let an edit in and the stamp of its row, on a machine that is busy.
WRITING = 1.0


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that must not be."""

    invariant: str
    text: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.text}"


@dataclass(frozen=True, slots=True)
class Logged:
    """One delta of a board's log; `at` in seconds since 1970 by Postgres' clock."""

    seq: int
    at: float
    ranks: Mapping[str, Rank]


@dataclass(slots=True)
class Kept:
    """One session as the server holds it in the end. Times are seconds since 1970."""

    session: str
    elements: dict[str, Rank] = field(default_factory=dict)
    log: list[Logged] = field(default_factory=list)
    note: str = ""
    noted_at: list[float] = field(default_factory=list)
    chat: list[tuple[str, str]] = field(default_factory=list)
    snapshot: dict[str, Rank] | None = None
    handed_in: str | None = None
    submissions: int = 0
    sheets: list[str] = field(default_factory=list)
    ended_at: float | None = None
    deadline_at: float | None = None
    endings: int = 0


def by_session(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries of each session, in order."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.session].append(entry)
    return found


def lost_edits(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """Acknowledged edits that the server has neither itself nor anything newer in their place."""
    return [
        Violation("I1", f"{one.session}: {one.who} was told that {one.key} {one.rank} is kept; it is not")
        for one in history
        if one.kind == Kind.OK and one.what == What.EDIT and kept.elements.get(one.key, (-1, 0)) < one.rank
    ]


def unanswered_edits(history: Sequence[Entry]) -> list[Violation]:
    """Edits that were begun and, with everything healed, neither acknowledged nor refused, nor overtaken by the same
    client's next edit of the same element."""
    begun: dict[tuple[str, str], Entry] = {}
    for one in history:
        if one.what == What.EDIT and one.kind == Kind.INVOKE:
            begun[one.who, one.key] = one
        elif one.what == What.EDIT and one.kind in (Kind.OK, Kind.FAIL):
            waiting = begun.get((one.who, one.key))
            if waiting and one.rank >= waiting.rank:
                del begun[one.who, one.key]
    return [
        Violation("I1", f"{one.session}: {one.who} never learned what became of {one.key} {one.rank}")
        for one in begun.values()
    ]


def notes(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """Every acknowledged token stands in the note exactly once, and the tokens in the order of their typing."""
    standing = kept.note.split()
    counted = Counter(standing)
    found = [
        Violation("I1", f"{kept.session}: the note lost {one.key}")
        for one in history
        if one.kind == Kind.OK and one.what == What.NOTE and one.key not in counted
    ]
    found += [
        Violation("I1", f"{kept.session}: the note has {token} {count} times")
        for token, count in counted.items()
        if count > 1
    ]
    typed = [one.key for one in history if one.kind == Kind.INVOKE and one.what == What.NOTE]
    place = {token: number for number, token in enumerate(typed)}
    if kept.handed_in is not None and kept.handed_in != kept.note:
        found.append(Violation("I6", f"{kept.session}: the note is not what was handed in"))
    order = [place[token] for token in standing if token in place]
    if order != sorted(order):
        found.append(Violation("I1", f"{kept.session}: the note's lines stand in another order than typed"))
    return found


def chat(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """Every acknowledged message is kept exactly once, whoever had to say it again."""
    counted = Counter(kept.chat)
    found = [
        Violation("I1", f"{kept.session}: {who}'s message {ref} is kept {count} times")
        for (who, ref), count in counted.items()
        if count > 1
    ]
    return found + [
        Violation("I1", f"{kept.session}: {one.who}'s message {one.key} was acknowledged and is not kept")
        for one in history
        if one.kind == Kind.OK and one.what == What.CHAT and (one.who, one.key) not in counted
    ]


def order(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """What one client drew stands in the log in the order in which it was drawn. What was overtaken before it could be
    written, by the same client or by a copy that the server mended, has no place there."""
    written = {(id, standing): delta.seq for delta in kept.log for id, standing in delta.ranks.items()}
    latest: dict[str, tuple[int, str]] = {}
    found = []
    for one in history:
        seq = written.get((one.key, one.rank))
        if one.kind != Kind.INVOKE or one.what != What.EDIT or seq is None:
            continue
        before, key = latest.get(one.who, (0, ""))
        if seq < before:
            found.append(
                Violation("I1", f"{kept.session}: {one.who} drew {key} before {one.key}; the log differs")
            )
        latest[one.who] = max((before, key), (seq, one.key))
    return found


def is_about_order(violation: Violation) -> bool:
    """Whether `order` found it."""
    return violation.text.endswith("the log differs")


def revisions(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """The log has no gaps and its elements only grow newer; on one connection nobody is led backwards."""
    found = []
    numbers = [delta.seq for delta in kept.log]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append(Violation("I2", f"{kept.session}: the log's numbers have gaps: {numbers[:20]}"))
    held: dict[str, Rank] = {}
    for delta in kept.log:
        for id, standing in delta.ranks.items():
            if standing <= held.get(id, (-1, 0)):
                found.append(Violation("I2", f"{kept.session}: delta {delta.seq} makes {id} older"))
            held[id] = standing
    at: dict[str, int] = {}
    for one in history:
        if one.what == What.CONNECT:
            at[one.who] = 0
        elif one.what == What.HEAR:
            if one.seq < at.get(one.who, 0):
                text = f"{kept.session}: {one.who} was at {at[one.who]} and was told {one.seq}"
                found.append(Violation("I2", text))
            at[one.who] = one.seq
    return found


def divergence(kept: Kept, scenes: Mapping[str, Mapping[str, Rank]]) -> list[Violation]:
    """Every client's scene, the server's, the replay of the log and what was handed in are one."""
    replay: dict[str, Rank] = {}
    for delta in kept.log:
        replay.update(delta.ranks)
    copies = {"the replay of the log": replay, **scenes}
    if kept.snapshot is not None:
        copies["what was handed in"] = kept.snapshot
    found = []
    for name, copy in copies.items():
        if copy != kept.elements:
            other = sorted(id for id in {*copy, *kept.elements} if copy.get(id) != kept.elements.get(id))
            text = f"{kept.session}: {name} differs from the server in {len(other)} elements, as {other[:3]}"
            found.append(Violation("I2", text))
    return found


def scores(kept: Kept) -> list[Violation]:
    """A session that has ended is handed in once and has exactly one automatic sheet; another has neither."""
    wanted = 0 if kept.ended_at is None else 1
    found = []
    if kept.submissions != wanted:
        found.append(Violation("I3", f"{kept.session}: {kept.submissions} submissions, not {wanted}"))
    if len(kept.sheets) != wanted:
        found.append(Violation("I3", f"{kept.session}: {len(kept.sheets)} scores, not {wanted}"))
    return found


def after_the_end(history: Sequence[Entry], kept: Kept) -> list[Violation]:
    """A session ends once, not after its deadline; nothing is written after it, and nothing that was refused."""
    found = []
    if kept.ended_at is not None:
        if kept.endings != 1:
            found.append(Violation("I6", f"{kept.session}: it ended {kept.endings} times"))
        if kept.deadline_at is not None and kept.ended_at > kept.deadline_at:
            found.append(Violation("I6", f"{kept.session}: it ended after its deadline"))
        # Where the candidate ended it, what came in beside their word is in the submission, or it is found above.
        by_clock = kept.ended_at == kept.deadline_at
        over = kept.ended_at + WRITING if by_clock else float("inf")
        late = [f"delta {one.seq}" for one in kept.log if one.at > over]
        late += ["a note" for at in kept.noted_at if at > over]
        found += [Violation("I6", f"{kept.session}: {what} was written after the end") for what in late]
    written = {(id, standing) for one in kept.log for id, standing in one.ranks.items()}
    refused: dict[tuple[str, Rank], Entry] = {}
    for one in history:
        if one.what == What.EDIT and one.kind == Kind.FAIL:
            refused[one.key, one.rank] = one
    found += [
        Violation("I6", f"{kept.session}: {one.who} was refused {one.key} {one.rank}, and it is in the log")
        for key, one in refused.items()
        if key in written
    ]
    return found


def tickets(live: Iterable[tuple[str, str]]) -> list[Violation]:
    """Nobody sits in two live sessions; `live` is (person, session)."""
    counted = Counter(person for person, _ in set(live))
    return [
        Violation("I4", f"{person} sits in {count} live sessions")
        for person, count in counted.items()
        if count > 1
    ]


def leaks(history: Sequence[Entry]) -> list[Violation]:
    """Nobody was sent what is hidden from them."""
    return [
        Violation("I5", f"{one.session}: {one.who} was sent what is hidden from them, in {one.detail}")
        for one in history
        if one.what == What.LEAK
    ]


def crashes(history: Sequence[Entry]) -> list[Violation]:
    """Whatever was asked, no answer was a 500."""
    return [
        Violation("I7", f"{one.session}: {one.who} was answered {one.detail}")
        for one in history
        if one.kind == Kind.UNKNOWN and one.detail == "500"
    ]


def effects(wanted: Iterable[str], done: Iterable[str]) -> list[Violation]:
    """Each effect outside (a mail, by its key) that was asked for happened exactly once."""
    counted = Counter(done)
    return [
        Violation("I9", f"{key} happened {counted[key]} times")
        for key in sorted({*wanted, *counted})
        if counted[key] != 1
    ]


def all_of(
    entries: Sequence[Entry], kept: Sequence[Kept], scenes: Mapping[str, Mapping[str, Mapping[str, Rank]]]
) -> list[Violation]:
    """Everything that can be said of single sessions; `scenes` has what each one's clients see in the end."""
    told = by_session(entries)
    found: list[Violation] = []
    for one in kept:
        history = told.get(one.session, [])
        found += lost_edits(history, one) + unanswered_edits(history) + notes(history, one)
        found += chat(history, one) + order(history, one) + revisions(history, one)
        found += divergence(one, scenes.get(one.session, {})) + scores(one) + after_the_end(history, one)
        found += leaks(history) + crashes(history)
    return found


def most_likely_below(failures: int, tries: int) -> str:
    """What a run without failures proves: the rule of three, for 95 %."""
    return f"{failures} of {tries:,}" + (f" (< {3 / tries:.2%})" if tries and not failures else "")
