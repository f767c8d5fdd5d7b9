"""Why something is not a drawing."""

from __future__ import annotations


class FormatError(ValueError):
    """This is not a drawing; `where` says the place in it (a key or a line), `reason` why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason
