"""A worker's lines: one for each task that somebody asked for, under that request's number."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from interviews.tasks import record_board
from mlsd_site.logs import request_id
from mlsd_site.tasks import tick


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    options = ["--pool", "solo", "--queues", "default", "--loglevel", "INFO", "--without-gossip"]
    started = subprocess.Popen(
        [sys.executable, "-m", "celery", "--quiet", "-A", "mlsd_site", "worker", *options],
        env={**os.environ, "LOG_FORMAT": "json", "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield started
    started.kill()
    started.communicate()


def test_a_task_carries_its_requests_number(worker: subprocess.Popen[str]) -> None:
    tick.apply_async(expires=600)  # as beat does: nobody asked. A worker may take long to start
    token = request_id.set("request-7")
    tick.apply_async(expires=600)
    record_board.delay("no-uuid ada@example.com")
    request_id.reset(token)
    lines = []
    assert worker.stderr is not None
    for text in worker.stderr:
        lines.append(json.loads(text))
        if lines[-1].get("state") == "FAILURE" and "request" in lines[-1]:
            break
    told = [line for line in lines if "request" in line]
    assert [(line.get("task"), line.get("state")) for line in told] == [
        ("mlsd_site.tasks.tick", "SUCCESS"),
        (None, None),
        ("interviews.tasks.record_board", "FAILURE"),
    ]
    assert {line["request"] for line in told} == {"request-7"}
    assert "ValueError" in told[1]["error"]
    assert told[0]["ms"] >= 0
    assert not [line for line in lines if "request" not in line and line.get("task") == tick.name]
    assert "ada@" not in json.dumps(lines)
