"""Files that the product takes, and in which somebody has put what a browser would run: each kind by each door."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from casebank.checklist import CONTENT
from casebank.schema import onefile, read_case
from tests.chaos import hostile
from tests.chaos.hostile import Upload

# What shows that it ran, in two ways.
RUN = "(window.ran=1,alert(1))"
# Where nothing may be asked for.
ELSEWHERE = "elsewhere.example"
MARKUP = (
    f"<img src=x onerror={RUN}>",
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<svg/onload={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN[1:-1]}</script>'></iframe>",
    f"[a](javascript:{RUN})",
    f"[b](//{ELSEWHERE}/a)<a href='javascript:{RUN}'>c</a>",
    f"![d](https://{ELSEWHERE}/d.png)",
    f'"autofocus onfocus={RUN} x="',
    f"<link rel=stylesheet href=//{ELSEWHERE}/e.css><meta http-equiv=refresh content='0;//{ELSEWHERE}/'>",
)
WORDS = "\n\n".join(MARKUP)
# For guides, which share no words with their prompts.
ASIDE = "<video><source onerror='self.ran=2;confirm(2)'></video> [c](vbscript:x) <details open ontoggle=self.ran=2>"
TITLE = f"Feed {MARKUP[0]}"
SLUG = "ill-meant"


def uploads(seed: int, count: int) -> Iterator[Upload]:
    """All of ours, and `count` of those that chaos sends, with what would run in them."""
    yield from (*pictures(), *drawings(), draft(), archive())
    chance = random.Random(seed)
    for _ in range(count):
        one = hostile.upload(chance)
        yield replace(
            one, data=one.data.replace(b"alert(1)", RUN.encode()).replace(b"x.example", ELSEWHERE.encode())
        )


def pictures() -> Iterator[Upload]:
    """Real ones, with markup in what they say of themselves, and behind their end."""
    for kind in ("PNG", "GIF", "JPEG", "WEBP"):
        image, target = Image.new("RGB", (40, 30), "navy"), io.BytesIO()
        said = PngInfo()
        said.add_text("Comment", WORDS)
        more: dict[str, Any] = {"PNG": {"pnginfo": said}, "GIF": {"comment": WORDS.encode()}}
        exif = Image.Exif()
        exif[0x010E] = WORDS
        more |= {"JPEG": {"exif": exif.tobytes()}, "WEBP": {"exif": exif.tobytes()}}
        image.save(target, kind, **more[kind])
        yield Upload(f"a {kind} that is a page too", "picture", target.getvalue() + WORDS.encode())


def drawings() -> Iterator[Upload]:
    """A board's file, Mermaid and YAML, with markup for labels, links that run, and pages in frames."""
    box = {
        "id": "b1",
        "type": "rectangle",
        "x": 0,
        "y": 0,
        "width": 300,
        "height": 90,
        "seed": 1,
        "version": 1,
    }
    text = {
        "id": "t1",
        "type": "text",
        "x": 9,
        "y": 9,
        "width": 90,
        "height": 20,
        "fontSize": 16,
        "fontFamily": 5,
    }
    page = {"id": "f1", "type": "iframe", "x": 9, "y": 99, "width": 90, "height": 90}
    page |= {"link": f"https://{ELSEWHERE}/", "customData": {"generationData": {"html": MARKUP[1]}}}
    polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    elements = [
        {**box, "link": f"https://{ELSEWHERE}/{MARKUP[3]}", "customData": "@"},
        *(
            {**text, "id": f"t{at}", "y": 20 * at, "text": one, "originalText": one}
            for at, one in enumerate(MARKUP)
        ),
        page,
    ]
    whole = json.dumps({"type": "excalidraw", "version": 2, "elements": elements}).replace('"@"', polluting)
    yield Upload("a board's file", "board", whole.encode(), {"format": "excalidraw"})
    lines = [f'n{at}["{one.replace(chr(34), "#quot;")}"]' for at, one in enumerate(MARKUP) if "\n" not in one]
    mermaid = "\n ".join(
        ["flowchart LR", *lines, f'n0 -->|"{MARKUP[0]}"| n1', f'click n0 "javascript:{RUN}"']
    )
    yield Upload("a diagram in Mermaid", "board", mermaid.encode(), {"format": "mermaid"})
    nodes = [{"id": f"n{at}", "label": one} for at, one in enumerate(MARKUP)]
    drawn = {"nodes": nodes, "edges": [{"from": "n0", "to": "n1", "label": MARKUP[3]}]}
    yield Upload("a diagram in YAML", "board", yaml.safe_dump(drawn).encode(), {"format": "yaml"})


def draft() -> Upload:
    """A case in one file that says it in its texts; faulty or not, it is kept."""
    whole = onefile.write(SLUG, onefile.parts_of(read_case(CONTENT / "cases" / "news-feed")))
    said = whole.replace("Ranking a social feed", json.dumps(TITLE)[1:-1].replace("'", "’"))
    return Upload("a draft", "draft", f"{said}\n# {WORDS}".encode())


def archive() -> Upload:
    """A case whose every text for people ends with markup."""
    folder, held = CONTENT / "cases" / "news-feed", io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zip:
        for name in ("case", "guide", "reference"):
            part = yaml.safe_load((folder / f"{name}.yaml").read_text())
            if name == "case":
                part |= {"title": TITLE, "summary": f"{part['summary'][:60]} {MARKUP[0]}"}
                part["prompt"] += f"\n\n{WORDS}"
            if name == "guide":
                part["opening"] += f"\n\n{ASIDE}"
                part["closing"] += f"\n\n{ASIDE}"
                part["facts"][0]["answer"] += f" {ASIDE}"
            zip.writestr(f"cases/{SLUG}/{name}.yaml", yaml.safe_dump(part, allow_unicode=True))
    return Upload("an archive of a case", "cases", held.getvalue())
