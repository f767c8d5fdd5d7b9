"""When a score's evidence first stood there, in seconds since the session's start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from math import ceil
from typing import Any

from interviews.models import Session
from interviews.queries.notes_then import saves_of
from interviews.rules.splices import apply
from whiteboard.queries import timeline_of
from whiteboard.replay import Damaged, Timeline


class Appearances:
    """Asked for each piece of evidence of one session; what it reads, it reads once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def second(self, evidence: Mapping[str, Any]) -> int | None:
        """The first whole second at which the quoted words, or all of the elements, are there; None if unknown."""
        if evidence["where"] == "board":
            moment = self._drawn(evidence.get("elements", ()))
        else:
            texts = self._texts.get(evidence["where"], ())
            moment = next((at for at, text in texts if evidence["quote"] in text), None)
        start = self._session.started_at
        return None if moment is None or start is None else max(ceil((moment - start).total_seconds()), 0)

    def _drawn(self, elements: list[str]) -> datetime | None:
        if self._board is None:
            return None
        moments = [at for at in map(self._board.appeared, elements) if at]
        return max(moments, default=None)

    @cached_property
    def _board(self) -> Timeline | None:
        try:
            return timeline_of(self._session.board)
        except Damaged:  # a report is worth reading without these links
            return None

    @cached_property
    def _texts(self) -> dict[str, list[tuple[datetime, str]]]:
        """Each step's text after each save."""
        texts: dict[str, list[tuple[datetime, str]]] = {}
        for save in saves_of(self._session):
            known = texts.setdefault(save.step, [])
            known.append((save.at, apply(known[-1][1] if known else "", [save.splice])))
        return texts
