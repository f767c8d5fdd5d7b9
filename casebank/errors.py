"""The one error of the product, in the lowest layer that raises it: something was asked for that cannot be done, and
the person is told why."""

from __future__ import annotations


class Refused(Exception):
    """A verb said no. `message` says what happened, what was kept and what to do; `code` is for programs.

    The site turns it into a page, a fragment, problem+json or a socket frame; `status` is the HTTP status, and
    `retry_after` the seconds after which it is worth trying again, where that is known.
    """

    def __init__(self, code: str, message: str, *, status: int = 409, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.retry_after = retry_after
