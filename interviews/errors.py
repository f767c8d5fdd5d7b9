"""The one error of the product (casebank/errors.py)."""

from __future__ import annotations

from casebank.errors import Refused

__all__ = ["Refused"]
