"""`python3 dev.py bench [name ...]`: runs the named benchmarks, or all but the one of the rooms, which takes minutes.

`python3 dev.py bench rooms ...` takes arguments of its own.
"""

from __future__ import annotations

import sys

from tests.bench import bank, board, pages, pairing, replay, rooms, scaling, scorer, scrub

BENCHMARKS = {
    "bank": bank.run,
    "board": board.run,
    "pages": pages.run,
    "pairing": pairing.run,
    "replay": replay.run,
    "scaling": scaling.run,
    "scorer": scorer.run,
    "scrub": scrub.run,
}


def main() -> int:
    if sys.argv[1:2] == ["rooms"]:
        for line in rooms.run(sys.argv[2:]):
            print(f"  {line}", flush=True)
        return 0
    names = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)} and rooms.")
        return 2
    for name in names:
        print(f"== {name}")
        for line in BENCHMARKS[name]():
            print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
