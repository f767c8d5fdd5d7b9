"""What comes of the Dockerfile's steps, replayed without an engine; dockerfile.py says what that leaves out."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.site.dockerfile import Image, Replay, command, context, read

pytestmark = pytest.mark.image
ROOT = Path(__file__).resolve().parent.parent.parent
STAGES = read(ROOT / "Dockerfile")
FINAL = STAGES[-1]
PORT = FINAL.last("EXPOSE")
SETTINGS = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "interviews.example.com", "BEHIND_PROXY": "1"}


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    with tempfile.TemporaryDirectory(prefix="image-") as place:
        context(ROOT, Path(place) / "context")
        replay = Replay(Path(place), Path(place) / "context")
        yield [replay.build(stage) for stage in STAGES][-1]


@contextmanager
def served(image: Image, **given: str) -> Iterator[int]:
    """The image's CMD on a free port instead of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [word.replace(PORT, str(port)) for word in command(FINAL.last("CMD"))]
    server = subprocess.Popen(words, cwd=image.folder, env={**image.environment, **given})
    try:
        yield port
    finally:
        server.terminate()
        assert server.wait(30) in (0, -15)


def until_it_answers(port: int, path: str) -> bytes:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        headers={"Host": SETTINGS["ALLOWED_HOSTS"], "X-Forwarded-Proto": "https"},
    )
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return bytes(answer.read())
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def files(root: Path) -> dict[Path, int]:
    """{every file: when it was last written}"""
    return {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}


def test_it_migrates_is_healthy_backs_up_and_writes_nothing_of_itself(
    image: Image, databases: tuple[str, str], tmp_path: Path
) -> None:
    given = {**SETTINGS, "DATABASE_URL": databases[0], "REDIS_URL": os.environ["REDIS_URL"]}
    before = files(image.root)
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    done = image.run(compose["migrate"]["command"], **given)
    assert done.returncode == 0, done.stderr
    with served(image, **given) as port:
        until_it_answers(port, "/health/live")
        words = [word.replace(PORT, str(port)) for word in command(FINAL.last("HEALTHCHECK"))]
        healthy = image.run(words, **given)
        assert healthy.returncode == 0, healthy.stderr
        page = until_it_answers(port, "/accounts/login/").decode()
        styles = re.findall(r'href="(/static/assets/[^"]+\.css)"', page)
        assert len([until_it_answers(port, path) for path in styles]) > 0
    programs = image.inside("/opt/postgresql/18/bin")
    assert {found.name for found in programs.iterdir()} == {"pg_dump", "pg_restore", "psql"}
    assert shutil.which("pg_dump", path=image.environment["PATH"]) == str(programs / "pg_dump")
    file = tmp_path / "dump"
    for words in (["backup", str(file)], ["restore", str(file)]):
        where = given if words[0] == "backup" else {**given, "DATABASE_URL": databases[1]}
        done = image.run(["python", "manage.py", *words], **where)
        assert done.returncode == 0, done.stderr
    assert files(image.root) == before, "compose.yaml and Kubernetes give it a root that it cannot write to"


def test_what_only_development_needs_is_not_in_it(image: Image) -> None:
    for path in ("tests", "dev.py", ".env", ".git", "docs"):
        assert not (image.inside("/app") / path).exists()
    done = image.run(["python", "-c", "import pytest"])
    assert "No module named 'pytest'" in done.stderr
