"""Alerts and the dashboard ask only for what /metrics tells: their expressions are parsed by PromQL's own grammar."""

from __future__ import annotations

import json
import re
from pathlib import Path

import promql_parser
import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "docs/deploy"
RULES = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text())["groups"][0]["rules"]
PANELS = json.loads((DEPLOY / "grafana/two-loops.json").read_text())["panels"]
# What Prometheus itself says of a target, and puts to every sample.
ITS_OWN = {"up": {"job", "instance"}}
EVERYWHERE = {"job", "instance", "le"}

Sample = tuple[str, dict[str, str]]


def expressions() -> dict[str, str]:
    """{whose: expression}; Grafana's word for a sensible window is one to the grammar."""
    asked = {rule["alert"]: rule["expr"] for rule in RULES}
    for panel in PANELS:
        for target in panel["targets"]:
            asked[f"{panel['title']} {target['refId']}"] = target["expr"].replace("$__rate_interval", "5m")
    return asked


@pytest.fixture
def told(client: Client, settings: Settings) -> list[Sample]:
    settings.METRICS_TOKEN = "token"
    for _ in range(2):
        text = client.get("/metrics", headers={"Authorization": "Bearer token"}).content.decode()
    families = text_string_to_metric_families(text)
    return [(one.name, one.labels) for family in families for one in family.samples]


def selected(expression: str) -> list[promql_parser.VectorSelector]:
    found: list[promql_parser.VectorSelector] = []

    def visit(part: promql_parser.Expr) -> None:
        if isinstance(part, promql_parser.MatrixSelector):
            found.append(part.vector_selector)
        elif isinstance(part, promql_parser.VectorSelector):
            found.append(part)

    promql_parser.walk(promql_parser.parse(expression), visit)
    return found


def test_each_expression_finds_what_it_asks_for(told: list[Sample]) -> None:
    for whose, expression in expressions().items():
        assert selected(expression), whose
        for selector in selected(expression):
            labels = [labels for name, labels in told if name == selector.name]
            known = ITS_OWN.get(selector.name or "") or set().union(*labels)
            assert labels or selector.name in ITS_OWN, f"{whose}: {selector.name} is not told"
            for matcher in selector.matchers.matchers:
                assert matcher.name in known, f"{whose}: {selector.name} has no {matcher.name}"
                if matcher.name in ("queue", "state"):
                    for value in matcher.value.split("|"):
                        assert value in {one.get(matcher.name) for one in labels}, f"{whose}: {value}"
            grouped = set(re.findall(r"\w+", " ".join(re.findall(r"\bby \(([^)]*)\)", expression))))
            assert grouped <= known | EVERYWHERE, whose


def test_every_figure_is_on_the_dashboard_and_in_the_manual(told: list[Sample]) -> None:
    shown = {selector.name for expression in expressions().values() for selector in selected(expression)}
    manual = (ROOT / "docs/operations.md").read_text()
    ours = {name for name, _ in told if name.startswith("twoloops_") and not name.endswith("_created")}
    names = {re.sub(r"_(bucket|count|sum)\Z", "", name) for name in ours}
    for name in names - {"twoloops_loop_lag_now_seconds"}:
        assert shown & {name, f"{name}_bucket"}, f"{name} is not shown"
        assert f"`{name}" in manual, f"{name} is not in docs/operations.md"


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_each_alert_says_what_it_means_and_the_manual_what_to_do(rule: dict[str, object]) -> None:
    assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"] in ({"severity": "page"}, {"severity": "ticket"})
    assert f"| `{rule['alert']}` |" in (ROOT / "docs/operations.md").read_text()
