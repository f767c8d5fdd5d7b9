"""Scores through the real queue and its workers: a judge that stumbles, and everything made again by the command."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.client import log_in, post
from tests.e2e.product import ROOT, Product, until
from tests.interviews.judging import stub
from tests.platform.process import CLEAN

pytestmark = pytest.mark.chaos


def stumbles(answer: stub.Answer, asked: stub.Asked) -> None:
    """Two calls fail; the others are answered, with nothing found."""
    if len(answer.server.asked) in (1, 4):
        answer.raw(503, b"{}")
    else:
        answer.chat(stub.sheet(asked))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, stub.Stub]]:
    """A product whose settings name a judge on this machine."""
    with stub.serving(stumbles) as server:
        product = Product(
            tmp_path_factory.mktemp("judge") / "log",
            JUDGE_URL=server.url,
            JUDGE_MODEL="stub-1",
            JUDGE_API_KEY=stub.KEY,
            JUDGE_ALLOW_LOCAL="1",
        )
        try:
            yield product, server
        finally:
            product.stop()


def sheets(product: Product, source: str) -> list[str]:
    rows = product.sql(
        "SELECT scorer_version FROM interviews_scoresheet WHERE source = %s ORDER BY id", source
    )
    return [row[0] for row in rows]


def environment(product: Product) -> dict[str, str]:
    """That of the product's own worker: its servers' addresses are not known outside."""
    raw = Path(f"/proc/{product.pid('worker')}/environ").read_bytes().split(b"\0")
    return {**CLEAN, **dict(line.decode().split("=", 1) for line in raw if b"=" in line)}


def test_the_demo_is_scored_judged_and_scored_again(judged: tuple[Product, stub.Stub]) -> None:
    product, server = judged
    handed_in = product.sql("SELECT session_id FROM interviews_submission ORDER BY id")
    until(lambda: len(sheets(product, "automatic")) == len(handed_in), 60, product.log)
    session = handed_in[0][0]
    ben = log_in(product.url, "ben")
    report = f"/sessions/{session}/report/"
    assert post(ben, f"{report}judge/", {}, page=report).status_code == 302
    until(lambda: sheets(product, "judge") == ["judge-1 stub-1"], 120, product.log)
    assert len(server.asked) == 8 + 2
    assert stub.KEY not in product.log()
    assert stub.KEY not in ben.get(report).text

    product.sql("UPDATE interviews_scoresheet SET scorer_version = 'older' WHERE source = 'automatic'")
    again = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "rescore"],
        env=environment(product),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert again.returncode == 0, again.stderr
    assert f"{len(handed_in)} submissions have a sheet of" in again.stdout
    assert len(sheets(product, "automatic")) == 2 * len(handed_in)
    assert len(sheets(product, "judge")) == 1
