"""Sets a sheet as PDF, in a process of its own: `python -m interviews.sheets.typesetter`, JSON in, PDF out.

So that no page can take the site with it: the process has bounds on time and memory, no settings, no database, and
an engine that is given text as data, never as code, and that fetches nothing.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).parent
TEMPLATE, FONTS = FOLDER / "sheet.typ", FOLDER / "fonts"
_SECONDS = 20
_BYTES = 4 << 30  # of addresses, most of which are never used


def main() -> None:
    """One sheet from standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    if sys.platform == "linux":  # macOS refuses to bound addresses
        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    sheet = sys.stdin.buffer.read().decode()
    made = typst.compile(
        str(TEMPLATE),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        package_path=str(FONTS),
        package_cache_path=str(FONTS),
        sys_inputs={"sheet": sheet},
        format="pdf",
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
