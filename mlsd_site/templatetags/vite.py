"""{% vite "src/app.ts" %}: the script, styles and preloads of an entry that Vite has built."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def vite(entry: str) -> SafeString:
    """The tags for one entry; ImproperlyConfigured where the front end is not built."""
    manifest = _manifest(settings.VITE_MANIFEST)
    if entry not in manifest:
        raise ImproperlyConfigured(f"The front end has no entry {entry}.")
    chunks = _imports(manifest, entry)
    styles = dict.fromkeys(css for chunk in chunks for css in manifest[chunk].get("css", []))
    return format_html(
        '{}{}<script type="module" src="{}"></script>',
        format_html_join("", '<link rel="stylesheet" href="{}">', ((static(css),) for css in styles)),
        format_html_join(
            "",
            '<link rel="modulepreload" href="{}">',
            ((static(manifest[chunk]["file"]),) for chunk in chunks if chunk != entry),
        ),
        static(manifest[entry]["file"]),
    )


def _imports(manifest: dict[str, Any], entry: str) -> list[str]:
    """The entry and everything that it imports at once, the deepest first."""
    found: dict[str, None] = {}
    for imported in manifest[entry].get("imports", []):
        found |= dict.fromkeys(_imports(manifest, imported))
    return [*found, entry]


@cache
def _read(path: Path, changed: int) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(path.read_text())
    return manifest


def _manifest(path: Path) -> dict[str, Any]:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise ImproperlyConfigured("The front end is not built. `python3 dev.py run` builds it.") from error
