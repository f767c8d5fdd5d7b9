"""Pure decisions about scenes: merge, validate, repair, rate. An element is a dict as Excalidraw makes it."""

from __future__ import annotations

from typing import Any, TypeAlias

Element: TypeAlias = dict[str, Any]
