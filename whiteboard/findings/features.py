"""Checks 6 and 7: features that differ between training and serving, and how old they are."""

from __future__ import annotations

from collections.abc import Iterator

from whiteboard.figures import span
from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.findings.roads import Roads
from whiteboard.findings.roles import MODELS, is_unknown, may_serve
from whiteboard.graph import Edge
from whiteboard.system import Component, System


def skew(system: System, _: Expectations) -> Iterator[Finding]:
    """Features that are read online and that nothing produces, or that two pipelines define."""
    for store in system.of_kind("feature-store-online"):
        beside = [
            (link.edge, system.by_id[_other(link.edge, store.id)]) for link in system.links_of(store.id)
        ]
        offline = any(not may_serve(one) for one in system.components)
        reads = [one for edge, one in beside if edge.source == store.id or one.kind in MODELS | {"service"}]
        if offline and reads and len(reads) == len(beside) and not any(is_unknown(one) for one in reads):
            yield Finding(
                "feature-source",
                "missing",
                f"{names([store.label])} is read online, but nothing that is drawn fills it.",
                "Draw the job that computes these features; training should read the same definition.",
                (store.id, *(edge.id for edge, _ in beside)),
            )
    roads = Roads(system)
    pipelines = {one.id: roads.reached([one.id]) for one in system.of_kind("feature-pipeline")}
    stores = {one.id for one in system.of_kind("feature-store-online")}
    training = {one.id for one in system.of_kind("training-job", "feature-store-offline")}
    for_serving = [id for id, ahead in pipelines.items() if ahead & stores and not ahead & training]
    for_training = [id for id, ahead in pipelines.items() if ahead & training and not ahead & stores]
    if for_serving and for_training:
        pair = (for_serving[0], for_training[0])
        yield Finding(
            "feature-skew",
            "wrong",
            f"{names(system.by_id[id].label for id in pair)} compute features apart: one to serve, one to train.",
            "Compute each feature by one definition, or log the values that were served and train on those.",
            pair,
        )


def freshness(system: System, expected: Expectations) -> Iterator[Finding]:
    """Features and indexes that are renewed more slowly than the case asks."""
    asked = (
        ("feature-store-online", expected.feature_freshness_s, "features"),
        ("ann-index", expected.index_freshness_s, "an index"),
    )
    for kind, limit, what in asked:
        for store in system.of_kind(kind) if limit is not None else ():
            ages = list(_ages(system, store))
            if not ages or limit is None:
                continue
            age, ids = min(ages)
            asks = f"the case asks for {what} at most {_an_age(limit)} old."
            says = f"{names([store.label])} is renewed every {span(age)}; {asks}"
            if age <= limit:
                yield Finding("freshness", "good", says, elements=(store.id, *ids))
            else:
                resolves = "Renew it more often, or add a stream for what changes fast."
                yield Finding("freshness", "wrong", says, resolves, (store.id, *ids))


def _ages(system: System, store: Component) -> Iterator[tuple[float, tuple[str, ...]]]:
    if store.numbers.every_s is not None:
        yield store.numbers.every_s, ()
    for link in system.links_of(store.id):
        source = system.by_id[link.edge.source]
        if link.edge.target == store.id and source.kind != "client":
            for said in (link.numbers.every_s, source.numbers.every_s):
                if said is not None:
                    yield said, (link.edge.id, source.id)


def _an_age(seconds: float) -> str:
    """A length of time where a sentence counts it: a minute, an hour, 15 minutes."""
    said = span(seconds)
    return said if said[0].isdigit() else f"{'an' if said == 'hour' else 'a'} {said}"


def _other(edge: Edge, id: str) -> str:
    return edge.target if edge.source == id else edge.source
