"""The manifests of docs/deploy/kubernetes: of Kubernetes' own schemas, bounded, and saying the same as compose.yaml."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.platform.test_deploy import OURS

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs/deploy/kubernetes"
PARTS = ("base", "judge", "production")
KUSTOMIZATIONS = {name: yaml.safe_load((FOLDER / name / "kustomization.yaml").read_text()) for name in PARTS}
# The oldest release that is still given patches to when this was written, and the newest schemas there are.
RELEASES = ("1.34", kubernetes_validate.latest_version())
SECRETS = ("secret_key", "postgres", "email_url", "metrics_token", "judge_api_key")

Manifest = dict[str, Any]


def listed(part: str) -> Iterator[Manifest]:
    """The manifests of the files that a kustomization lists."""
    for name in KUSTOMIZATIONS[part]["resources"]:
        if name.endswith(".yaml"):
            yield from yaml.safe_load_all((FOLDER / part / name).read_text())


ALL = [manifest for part in PARTS for manifest in listed(part)]
RUNNING = {one["metadata"]["name"]: one for one in ALL if one["kind"] in ("Deployment", "Job")}
CONFIG = dict(line.split("=", 1) for line in KUSTOMIZATIONS["base"]["configMapGenerator"][0]["literals"])


def pod(name: str) -> Manifest:
    found: Manifest = RUNNING[name]["spec"]["template"]["spec"]
    return found


def container(name: str) -> Manifest:
    (only,) = pod(name)["containers"]
    found: Manifest = only
    return found


@pytest.mark.parametrize("release", RELEASES)
def test_each_manifest_follows_its_schema(release: str) -> None:
    for manifest in ALL:
        kubernetes_validate.validate(manifest, release, strict=True)


@pytest.mark.parametrize("part", PARTS)
def test_a_kustomization_lists_every_file_beside_it(part: str) -> None:
    beside = {path.name for path in (FOLDER / part).glob("*.yaml")} - {"kustomization.yaml"}
    assert {name for name in KUSTOMIZATIONS[part]["resources"] if name.endswith(".yaml")} == beside
    for name in KUSTOMIZATIONS[part]["resources"]:
        assert (FOLDER / part / name).exists()


def test_the_overlay_changes_only_what_the_base_has() -> None:
    overlay = KUSTOMIZATIONS["production"]
    names = {(one["kind"], one["metadata"]["name"]) for one in listed("base")}
    for patch in overlay["patches"]:
        assert (patch["target"]["kind"], patch["target"]["name"]) in names
    for one in overlay["replicas"]:
        assert ("Deployment", one["name"]) in names
    assert {image["name"] for image in overlay["images"]} == {container(name)["image"] for name in RUNNING}
    for literal in overlay["configMapGenerator"][0]["literals"]:
        assert literal.partition("=")[0] in CONFIG


@pytest.mark.parametrize("name", RUNNING)
def test_each_pod_is_bounded_and_cannot_gain_rights(name: str) -> None:
    runs, holds = pod(name), container(name)
    assert runs["automountServiceAccountToken"] is False
    assert runs["securityContext"]["runAsNonRoot"] is True
    assert runs["securityContext"]["runAsUser"] == 10001
    assert runs["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert holds["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    for bounds in ("requests", "limits"):
        assert holds["resources"][bounds].keys() == {"cpu", "memory"}
    assert {one["mountPath"] for one in holds["volumeMounts"]} == {"/tmp", "/run/secrets"}
    assert {one["name"] for one in holds["volumeMounts"]} == {one["name"] for one in runs["volumes"]}


def test_every_selector_finds_its_pods() -> None:
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in RUNNING.values()]
    for one in ALL:
        spec = one.get("spec", {})
        wanted = spec.get("podSelector") or spec.get("selector") or {}
        wanted = wanted.get("matchLabels", wanted)
        if one["kind"] not in ("Ingress", "Namespace", "Job"):
            assert wanted, one["metadata"]["name"]
            assert any(wanted.items() <= found.items() for found in labels), one["metadata"]["name"]
    policies = [one for one in ALL if one["kind"] == "NetworkPolicy"]
    closed = policies[0]["spec"]
    assert closed["policyTypes"] == ["Ingress", "Egress"]
    assert not closed.keys() & {"ingress", "egress"}
    assert all(closed["podSelector"]["matchLabels"].items() <= found.items() for found in labels)


@pytest.mark.parametrize("name", RUNNING)
def test_it_says_the_same_as_compose(name: str) -> None:
    theirs = OURS[name]
    assert container(name).get("args") == theirs.get("command")
    given = CONFIG.keys() | {one["name"] for one in container(name)["env"]}
    wanted = set(theirs["environment"]) | set(OURS["web"]["environment"])
    extra = {"METRICS_TOKEN", "TURN_SECRET"} if name != "web" else set()
    plain = {one.removesuffix("_FILE") for one in wanted}
    assert {one.removesuffix("_FILE") for one in given} == plain - extra
    grace = pod(name).get("terminationGracePeriodSeconds", 30)
    assert grace >= int(theirs.get("stop_grace_period", "10s").removesuffix("s"))
    for path in [value for key, value in CONFIG.items() if key.endswith("_FILE")]:
        assert path.removeprefix("/run/secrets/") in SECRETS


def test_both_have_the_same_services() -> None:
    assert RUNNING.keys() == OURS.keys()
    for name in ("web", "worker"):
        assert RUNNING[name]["spec"]["replicas"] == OURS[name]["deploy"]["replicas"]


def test_web_is_asked_where_the_site_answers_and_ends_after_its_proxies_know() -> None:
    web = container("web")
    assert web["livenessProbe"]["httpGet"]["path"] == web["startupProbe"]["httpGet"]["path"] == "/health/live"
    assert web["readinessProbe"]["httpGet"]["path"] == "/health/ready"
    assert web["ports"] == [{"name": "http", "containerPort": 8000}]
    sleeps = web["lifecycle"]["preStop"]["sleep"]["seconds"]
    assert pod("web")["terminationGracePeriodSeconds"] >= sleeps + 20
    assert RUNNING["web"]["spec"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}


@pytest.mark.skipif(not shutil.which("kubectl"), reason="There is no kubectl here to build the overlay with.")
def test_kustomize_builds_the_overlay(tmp_path: Path) -> None:
    copy = tmp_path / "kubernetes"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("secrets"))
    for part in ("production", "judge"):
        (copy / part / "secrets").mkdir()
        for name in SECRETS:
            (copy / part / "secrets" / name).write_text("a secret")
    overlay = copy / "production/kustomization.yaml"
    with_judge = {**KUSTOMIZATIONS["production"], "components": ["../judge"]}
    overlay.write_text(yaml.safe_dump(with_judge))
    built = subprocess.run(
        ["kubectl", "kustomize", str(overlay.parent)], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    manifests = list(yaml.safe_load_all(built.stdout))
    for manifest in manifests:
        kubernetes_validate.validate(manifest, RELEASES[-1], strict=True)
    generated = {one["metadata"]["name"] for one in manifests if one["kind"] in ("ConfigMap", "Secret")}
    assert len(generated) == 4
    for one in manifests:
        if one["kind"] in ("Deployment", "Job"):
            (holds,) = one["spec"]["template"]["spec"]["containers"]
            assert holds["image"].startswith("images.example.com/two-loops:")
            assert holds["envFrom"][0]["configMapRef"]["name"] in generated
