"""Sets a PDF in a process of its own: `python -m interviews.sheets.typesetter sheet`, JSON in, PDF out.

So that no page can take the site with it: the process has bounds on time and memory, no settings, no database, and
an engine that is given text as data, never as code, and that fetches nothing.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
# Which fonts stand in for ours, in a person's own words of any script.
FALLBACKS = FOLDER / "fonts.typ"
TEMPLATES = {"sheet": FOLDER / "sheet.typ", "report": FOLDER.parent / "papers" / "report.typ"}
_SECONDS = 20
_BYTES = 4 << 30  # of addresses, most of which are never used


def main() -> None:
    """From standard input to standard output, by the template that the argument names."""
    name = sys.argv[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    if sys.platform == "linux":  # macOS refuses to bound addresses
        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    given = sys.stdin.buffer.read().decode()
    made = typst.compile(
        str(TEMPLATES[name]),
        root=str(FOLDER.parent),
        font_paths=[str(FONTS)],
        package_path=str(FONTS),
        package_cache_path=str(FONTS),
        sys_inputs={"given": given},
        format="pdf",
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
