"""How a sabotage replaces a part of the product."""

from __future__ import annotations

import pkgutil
from typing import Any


def put(where: str, name: str, new: object) -> Any:
    """Replace `name` in a module or class ("package.module:Class"); returns what stood there."""
    owner = pkgutil.resolve_name(where)
    old = getattr(owner, name)
    setattr(owner, name, new)
    return old
