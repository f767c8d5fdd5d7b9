from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from whiteboard import catalogue
from whiteboard.understanding.kinds import kind_of

_ROWS: dict[str, str | dict[str, str]] = yaml.safe_load(Path(__file__).with_name("labels.yaml").read_text())


def judged(by: str) -> dict[str, str]:
    """What "first" or "second" read in each label, or what was ruled ("kind")."""
    return {label: row if isinstance(row, str) else row.get(by, row["kind"]) for label, row in _ROWS.items()}


JUDGED = judged("kind")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("FAISS", "ann-index"),
        ("Kafka clicks topic", "event-log"),
        ("rank svc (20ms p99)", "ranker"),
        ("Redis", "cache"),
        ("Redis features", "feature-store-online"),
        ("offline feature store", "feature-store-offline"),
        ("Flink join", "stream-processor"),
        ("Airflow", "orchestrator"),
        ("MLflow", "experiment-tracker"),
        ("MLflow model registry", "model-registry"),
        ("place where models are kept", "model-registry"),
        ("S3 raw events", "data-lake"),
        ("S3 originals", "object-store"),
        ("two-tower retrieval", "candidate-generator"),
        ("train the ranker, nightly", "training-job"),
        ("Triton", "model-server"),
        ("Llama 70B", "llm"),
        ("pgvector", "vector-store"),
        ("Grafana", "dashboard"),
        ("PagerDuty", "alerting"),
        ("User", "client"),
        ("user embeddings table", ""),
        ("training data", "data-lake"),
        ("training data pipeline", ""),
        ("train set", "data-lake"),
        ("features as served", "feature-store-offline"),
        ("labelled clips", "label-store"),
        ("Kafka / Flink / Spark", ""),
        ("trained model", ""),
        ("Deploy API", ""),
        ("Reliable serving", ""),
        ("auction, second price", "re-ranker"),
        ("availability filter", "re-ranker"),
        ("bot filter", ""),
        ("safety filter", "guardrail"),
        ("return policy", ""),
        ("business policy: caps", "re-ranker"),
        ("hide blocked and sold out", "re-ranker"),
        ("reorder point", ""),
        ("input gate", "guardrail"),
        ("launch gate on AUC", "evaluation"),
        ("ResNet (2 GPU)", "model-server"),
        ("ResNet", ""),
        ("fraud model", "model-server"),
        ("spam classifier", "model-server"),
        ("feed API", "service"),
        ("REST API", "gateway"),
        ("backend", "service"),
        ("latency dashboard", "dashboard"),
        ("monitoring and dashboards", "monitoring"),
        ("web search", ""),
        ("Web / iOS", "client"),
        ("user activity", ""),
        ("forecast table", "oltp-store"),
        ("👤 Chat UI", "client"),
        ("vision encoder, L4, 12 ms", "model-server"),
        ("cross-encoder 40 -> 6 (80 ms)", "re-ranker"),
        ("Bronze layer", "data-lake"),
        ("training dataset builder", ""),
        ("retrain trigger", ""),
        ("External API", ""),
        ("hallucination check", "guardrail"),
        ("churn model", "model-server"),
        ("ranking model", "ranker"),
        ("data model", ""),
        ("job queue", "event-log"),
        ("review queue", "human-review"),
        ("precomputed lists", "cache"),
        ("batch prediction", "batch-job"),
        ("BERT", ""),
        ("Zwiebelfisch", ""),
        ("", ""),
    ],
)
def test_a_label_names_a_kind(label: str, kind: str) -> None:
    assert kind_of(label) == kind


def test_every_kind_of_the_catalogue_is_known_by_its_own_name() -> None:
    parts = catalogue.kinds()
    assert {id: kind_of(kind.name) for id, kind in parts.items()} == {id: id for id in parts}


def test_what_is_read_is_right_and_most_is_read() -> None:
    """Over every label of the sample drawings. A wrong kind is worse than none."""
    said = {label: kind_of(label) for label in JUDGED}
    right = [label for label, kind in said.items() if kind and kind == JUDGED[label]]
    assert len(right) / sum(map(bool, said.values())) >= 0.97, _wrong(said)
    assert len(right) / sum(map(bool, JUDGED.values())) >= 0.92


def test_the_judges_agree_far_more_often_than_by_chance() -> None:
    """Cohen's kappa of the two who judged alone, over all labels."""
    first, second = judged("first"), judged("second")
    agreed = sum(first[label] == second[label] for label in first) / len(first)
    ones, others = Counter(first.values()), Counter(second.values())
    chance = sum(ones[kind] * others[kind] for kind in ones) / len(first) ** 2
    assert (agreed - chance) / (1 - chance) >= 0.7


def _wrong(said: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(label, kind, JUDGED[label]) for label, kind in said.items() if kind and kind != JUDGED[label]]


@given(st.text(max_size=300))
def test_no_text_is_too_strange(label: str) -> None:
    assert kind_of(label) in {"", *catalogue.kinds()}
