"""The embedded servers, each test in processes of its own: locks and signals are theirs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mlsd_site.embedded import leftovers
from mlsd_site.embedded.places import Places
from tests.e2e.product import Product, until

ROOT = Path(__file__).resolve().parent.parent.parent
CLEAN = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
pytestmark = pytest.mark.chaos

START = """
import os, psycopg, redis, time, signal
from mlsd_site.embedded import ensure
services = ensure(profile="dev")
def sql(statement):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []
valkey = redis.from_url(os.environ["REDIS_URL"])
"""

# The interpreter may lie where only root may read, so everything is imported before root is given up.
AS_NOBODY = """
import os, psycopg, redis, time, signal, secrets, encodings.idna, mlsd_site.embedded
os.setgroups([]); os.setgid(65534); os.setuid(65534); os.environ["HOME"] = "/"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own: the embedded package, linked into another place."""
    place = tmp_path / "a checkout with 'quotes' and ümlauts"
    (place / "mlsd_site").mkdir(parents=True)
    (place / "mlsd_site" / "__init__.py").touch()
    subprocess.run(["cp", "-r", ROOT / "mlsd_site" / "embedded", place / "mlsd_site"], check=True)
    for part in (tmp_path, *tmp_path.parents):
        if part.stat().st_uid == os.getuid() and part != Path("/") and "pytest" in str(part):
            part.chmod(0o755)
    return place


def run(checkout: Path, script: str, *, before: str = "") -> str:
    done = attempt(checkout, before + START + script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def attempt(checkout: Path, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=checkout,
        env=CLEAN | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return state != "Z"


def test_data_outlives_a_restart_and_the_last_user_stops_the_servers(checkout: Path) -> None:
    write = "sql('CREATE TABLE kept AS SELECT 1 AS one'); valkey.set('a', 1);"
    pid = run(checkout, f"{write} print(services.postgres.pid())")
    assert not is_running(pid)
    assert run(checkout, "print(sql('SELECT one FROM kept'), valkey.get('a'))") == "[(1,)] b'1'"


def test_a_user_who_leaves_first_leaves_the_servers_running(checkout: Path) -> None:
    stays = subprocess.Popen(
        [sys.executable, "-c", START + "print(services.postgres.pid(), flush=True); input()"],
        cwd=checkout,
        env=CLEAN | {"PYTHONPATH": str(checkout)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert stays.stdin
    assert stays.stdout
    pid = stays.stdout.readline().strip()
    assert run(checkout, "print(services.postgres.pid())") == pid
    assert is_running(pid)
    stays.communicate("\n", timeout=30)
    assert not is_running(pid)


@pytest.mark.parametrize("victim", ["postgres", "valkey"])
def test_a_killed_server_is_revived_with_what_was_committed(checkout: Path, victim: str) -> None:
    script = f"""
sql("CREATE TABLE kept AS SELECT 7 AS n"); valkey.set("a", 7)
os.kill(services.{victim}.pid(), signal.SIGKILL); time.sleep(0.5)
print(services.revive(), sql("SELECT n FROM kept"), valkey.get("a"))
"""
    assert "[(7,)] b'7'" in run(checkout, script)


def test_servers_orphaned_by_a_killed_user_are_adopted(checkout: Path) -> None:
    attempt(
        checkout, START + "sql('CREATE TABLE kept AS SELECT 3 AS n'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert run(checkout, "print(sql('SELECT n FROM kept'))") == "[(3,)]"


def test_two_checkouts_run_side_by_side(checkout: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir(exist_ok=True)
    subprocess.run(["cp", "-r", checkout / "mlsd_site", other], check=True)
    inner = f"""
import subprocess, sys
sql("CREATE TABLE mine AS SELECT 1")
env = {{k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}}
env["PYTHONPATH"] = other = {str(other)!r}
code = "import os; from mlsd_site.embedded import ensure; ensure(profile='dev'); print(os.environ['DATABASE_URL'])"
theirs = subprocess.run([sys.executable, "-c", code], env=env, cwd=other, capture_output=True, text=True, check=True)
print(theirs.stdout.strip() != os.environ["DATABASE_URL"], sql("SELECT count(*) FROM mine"))
"""
    assert run(checkout, inner) == "True [(1,)]"


@pytest.mark.skipif(
    os.getuid() != 0, reason="only root can become somebody else; the other tests run as who we are"
)
def test_without_root_the_servers_run_as_oneself(checkout: Path) -> None:
    subprocess.run(["chown", "-R", "nobody", checkout], check=True)
    mine = "print(os.stat(services.places.state / 'postgres').st_uid == os.getuid() != 0)"
    assert run(checkout, mine, before=AS_NOBODY) == "True"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can take a permission away from somebody else")
def test_a_data_directory_without_permission_is_named(checkout: Path) -> None:
    (checkout / ".local").mkdir(mode=0o700)
    done = attempt(checkout, AS_NOBODY + START)
    assert "ServiceError" in done.stderr
    assert ".local belongs to another user" in done.stderr


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"DEBUG": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert f"--port {port + 1}" in done.stderr


def test_the_supervisor_takes_its_children_with_it(tmp_path: Path) -> None:
    product = Product(tmp_path / "log")
    children = [product.pid(name) for name in ("web", "worker", "beat")]
    os.kill(product._up.pid, signal.SIGKILL)
    product._up.wait(10)
    until(lambda: not any(is_running(str(pid)) for pid in children), 40, "Children outlived the supervisor.")
    left = [product.pid(name) for name in ("postgres", "valkey")]
    assert all(is_running(str(pid)) for pid in left)
    leftovers.clear(Places.of("dev"))
    until(
        lambda: not any(is_running(str(pid)) for pid in left), 20, "The servers of a killed trial still run."
    )
