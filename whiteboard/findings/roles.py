"""Which kinds play which role in the two loops."""

from __future__ import annotations

import re

from whiteboard.system import Component

# What answers with a model.
MODELS = frozenset({"ranker", "pre-ranker", "model-server", "llm", "candidate-generator", "re-ranker"})
TRAINED = frozenset({"ranker", "pre-ranker", "model-server"})
TRAINS = frozenset({"training-job"})
# What carries something made offline to where requests are answered.
BRIDGES = frozenset({"model-registry", "feature-store-online", "ann-index", "vector-store"})
DATA = frozenset(
    {
        *("event-log", "stream-processor", "data-lake", "warehouse", "labelling", "label-store"),
        *("feature-pipeline", "feature-store-offline", "oltp-store", "object-store", "human-review"),
    }
)
MAKES = frozenset(
    {"training-job", "tuner", "evaluation", "index-builder", "embedding-job", "feature-pipeline", "batch-job"}
)
LAKES = frozenset({"data-lake", "warehouse"})
WATCHES = frozenset({"monitoring", "drift-detector", "alerting", "dashboard"})
_OFFLINE_ONLY = frozenset(
    {
        *(
            "event-log",
            "stream-processor",
            "batch-job",
            "orchestrator",
            "data-lake",
            "warehouse",
            "labelling",
        ),
        *("label-store", "feature-pipeline", "feature-store-offline", "embedding-job", "index-builder"),
        *("training-job", "tuner", "experiment-tracker", "evaluation", "model-registry", "human-review"),
        *("monitoring", "drift-detector", "alerting", "dashboard", "experiment-analysis"),
    }
)


# What orders again is a model or a rule; these words say that it is a rule.
_RULE = re.compile(
    r"filter|polic(y|ies)|rules?\b|\bdrop|remove|throw|\bcaps?\b|floor|auction|\bbids?\b|block|\bmix(er|ing)|diversi",
    re.I,
)


def is_model(one: Component) -> bool:
    """Whether this part answers with a model."""
    return one.kind in MODELS and not (one.kind == "re-ranker" and _RULE.search(one.label))


def may_serve(one: Component) -> bool:
    """Whether a request may pass through this part; what is not known may be anything."""
    return one.kind not in _OFFLINE_ONLY and one.loop != "offline"


def is_client(one: Component) -> bool:
    return one.kind == "client"


def is_unknown(one: Component) -> bool:
    return not one.kind
