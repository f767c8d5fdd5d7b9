"""What compose.yaml and the Dockerfile promise, as far as it can be known without an engine."""

from __future__ import annotations

import re
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from tests import routes

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
OURS = {name: one for name, one in SERVICES.items() if one.get("image") == "two-loops"}
NETWORKED = {name: one for name, one in SERVICES.items() if name != "turn"}
# coturn's own, and the proxy's.
FOR_OTHERS = {"TURN_REALM", "SITE_ADDRESS"}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_compose_follows_its_schema() -> None:
    check = str(Path(sys.executable).parent / "check-jsonschema")
    done = run(check, "--builtin-schema", "vendor.compose-spec", "compose.yaml")
    assert done.returncode == 0, done.stdout


def test_the_dockerfile_passes_its_linter() -> None:
    done = run(str(Path(sys.executable).parent / "hadolint"), "Dockerfile")
    assert done.returncode == 0, done.stdout


def variables() -> set[str]:
    """What services of ours are given, and what compose itself asks its environment for."""
    given = {name for one in OURS.values() for name in one["environment"]}
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "compose.yaml").read_text()))
    return {name.removesuffix("_FILE") for name in given | asked} - FOR_OTHERS


@pytest.mark.parametrize("name", sorted(variables()))
def test_each_variable_is_read_by_the_settings_and_documented(name: str) -> None:
    read = ("mlsd_site", "interviews/judging", "interviews/webhooks")
    files = [file for folder in read for file in ROOT.glob(f"{folder}/*.py")]
    assert any(f'"{name}"' in file.read_text() for file in files)
    assert f"`{name}`" in (ROOT / "docs/operations.md").read_text()


@pytest.mark.parametrize("name", NETWORKED)
def test_each_service_is_bounded_and_cannot_gain_rights(name: str) -> None:
    service = NETWORKED[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}


@pytest.mark.asvs("13.2.5")
def test_only_the_proxy_is_reached_from_outside_and_databases_reach_nobody() -> None:
    assert {name for name, one in NETWORKED.items() if "ports" in one} == {"proxy"}
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["back"]
    networks = yaml.safe_load((ROOT / "compose.yaml").read_text())["networks"]
    assert networks["back"] == {"internal": True}
    assert "back" not in SERVICES["proxy"]["networks"]


@pytest.mark.asvs("13.3.2")
def test_each_process_knows_the_secrets_that_it_needs_and_no_others() -> None:
    common = {"secret_key", "postgres", "email_url"}
    held = {name: set(one.get("secrets", ())) for name, one in SERVICES.items()}
    assert held.pop("judge") == common | {"judge_api_key"}
    assert held.pop("postgres") == {"postgres"}
    assert {name for name, secrets in held.items() if secrets == common} == OURS.keys() - {"judge"}
    assert not any(held[name] for name in held.keys() - OURS.keys())
    for variable, service in (
        ("JUDGE_API_KEY_FILE", "judge"),
        ("TURN_SECRET", "web"),
        ("METRICS_TOKEN", "web"),
    ):
        assert [name for name, one in OURS.items() if variable in one["environment"]] == [service]


def test_there_are_two_of_what_is_restarted_while_people_work() -> None:
    assert [SERVICES[name]["deploy"]["replicas"] for name in ("web", "worker")] == [2, 2]


def test_the_proxy_names_every_request_itself_and_shows_nobody_the_figures() -> None:
    caddy = (ROOT / "docs/deploy/Caddyfile").read_text()
    assert "header_up X-Request-ID {http.request.uuid}" in caddy
    assert "respond /metrics 404" in caddy


def test_the_proxy_sends_a_rooms_pages_and_its_socket_to_one_process() -> None:
    caddy = (ROOT / "docs/deploy/Caddyfile").read_text()
    pattern = re.search(r"path_regexp room (\S+)", caddy)
    assert pattern
    session = str(uuid4())
    rooms = ("/" + template.replace("<uuid:pk>", session, 1) for template in routes.templates())
    paths = [path for path in rooms if path.startswith(f"/sessions/{session}/")]
    assert len(paths) > 20
    for path in (*paths, f"/ws/sessions/{session}/"):
        found = re.match(pattern[1], path)
        assert found, path
        assert found[1] == session
    assert "request_header @room X-Room {re.room.1}" in caddy
    assert "lb_policy header X-Room" in caddy


@pytest.mark.asvs("17.1.1")
@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.31.255.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "fd00::1", "fe80::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"),
    ],
)
def test_the_relay_leads_to_nobodys_inner_network(address: str) -> None:
    given = [
        one.partition("=")[2] for one in SERVICES["turn"]["command"] if one.startswith("--denied-peer-ip")
    ]
    ends = [(ip_address(one.partition("-")[0]), ip_address(one.rpartition("-")[2])) for one in given]
    asked = ip_address(address)
    assert any(low <= asked <= high for low, high in ends if low.version == asked.version)  # type: ignore[operator]
