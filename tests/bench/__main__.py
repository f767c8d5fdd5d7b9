"""`python3 dev.py bench [name ...]`: runs the named benchmarks, or all of them."""

from __future__ import annotations

import sys

from tests.bench import bank, board, replay, scorer

BENCHMARKS = {"bank": bank.run, "board": board.run, "replay": replay.run, "scorer": scorer.run}


def main() -> int:
    names = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}.")
        return 2
    for name in names:
        print(f"== {name}")
        for line in BENCHMARKS[name]():
            print(f"  {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
