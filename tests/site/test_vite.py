from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from mlsd_site.templatetags.vite import vite

MANIFEST = {
    "src/app.ts": {"file": "assets/app-1.js", "css": ["assets/app-1.css"], "imports": ["_shared.js"]},
    "_shared.js": {"file": "assets/shared-2.js", "css": ["assets/shared-2.css"]},
}


@pytest.fixture
def manifest(settings: Settings, tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST))
    settings.VITE_MANIFEST = path
    return path


def test_an_entry_brings_its_script_styles_and_preloads(manifest: Path) -> None:
    tags = vite("src/app.ts")
    assert '<script type="module" src="/static/assets/app-1.js">' in tags
    assert '<link rel="modulepreload" href="/static/assets/shared-2.js">' in tags
    assert tags.index("shared-2.css") < tags.index("app-1.css")


def test_an_unknown_entry_is_named(manifest: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"no entry src/none\.ts"):
        vite("src/none.ts")


def test_a_missing_build_says_how_to_build(manifest: Path) -> None:
    manifest.unlink()
    with pytest.raises(ImproperlyConfigured, match=r"python3 dev\.py run"):
        vite("src/app.ts")
