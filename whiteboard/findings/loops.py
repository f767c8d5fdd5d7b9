"""The online loop, the offline loop, the bridge between them, and the feedback that closes both."""

from __future__ import annotations

from collections.abc import Iterator

from whiteboard.findings.finding import Expectations, Finding, names
from whiteboard.findings.roads import Roads
from whiteboard.findings.roles import (
    BRIDGES,
    DATA,
    MAKES,
    MODELS,
    TRAINED,
    TRAINS,
    is_client,
    is_model,
    is_unknown,
    may_serve,
)
from whiteboard.system import Component, System


def request_path(system: System) -> tuple[str, ...]:
    """Ids of parts and arrows from a client to the first model that its requests reach; empty if none."""
    clients = [one.id for one in system.components if is_client(one)]
    models = {one.id for one in system.components if is_model(one) and may_serve(one)}
    return Roads(system).path(clients, models, may_serve)


def main_model(system: System) -> Component | None:
    """The model that requests are about: of those that they reach, the one that decides."""
    there = request_path(system)
    roads = Roads(system)
    reached = roads.reached(there[:1], may_serve)
    for kind in ("ranker", "llm", "model-server", "re-ranker", "pre-ranker", "candidate-generator"):
        found = [one for one in system.of_kind(kind) if one.id in reached and is_model(one)]
        alike = {one.id for one in found}
        # A detector before the encoder does not decide: the last of them does.
        last = [one for one in found if not alike & roads.reached([one.id], _between) - {one.id}]
        if found:
            return (last or found)[0]
    return None


def online(system: System, _: Expectations) -> Iterator[Finding]:
    """Check 1: a request goes from the client to a model, and an answer comes back."""
    there = request_path(system)
    if not there:
        return
    roads = Roads(system)
    client, model = there[0], there[-1]
    # The answer may come from the model, or from a part that asked it.
    back = roads.path(there[:0:-2], {client}, may_serve)
    ends = [system.by_id[model].label, system.by_id[client].label]
    if back:
        says = f"The online loop is closed: requests reach {names(ends[:1])} and answers reach {names(ends[1:])}."
        yield Finding("online-loop", "good", says, elements=tuple(dict.fromkeys((*there, *back))))
        return
    behind = roads.reached([model], may_serve)
    if any(is_unknown(system.by_id[id]) and not roads.ahead[id] for id in behind):
        return  # an unknown part at the end may be the client under another name
    if any(
        system.by_id[there].kind == "human-review" for id in (model, *behind) for there, _ in roads.ahead[id]
    ):
        return  # the answer may be for the people who decide: who sends a scan does not read the result
    yield Finding(
        "online-loop",
        "missing",
        f"Requests reach {names(ends[:1])}, but no arrow leads an answer back to {names(ends[1:])}.",
        "Draw what comes back to the client, and through which parts.",
        there,
    )


def offline(system: System, _: Expectations) -> Iterator[Finding]:
    """Check 2: data leads to training, and training to something that can be served."""
    roads = Roads(system)
    training = [one.id for one in system.components if one.kind in TRAINS]
    data = [one.id for one in system.components if one.kind in DATA]
    made = {
        one.id
        for one in system.components
        if one.kind in {"model-registry", "evaluation", "ann-index"} | MODELS
    }
    into = roads.path(data, set(training))
    out = roads.path(into[-1:], made)
    if into and out:
        says = f"The offline loop is drawn: data leads to {names([system.by_id[into[-1]].label])} and on to a model."
        yield Finding("offline-loop", "good", says, elements=tuple(dict.fromkeys((*into, *out))))
        return
    served = [one for one in system.components if one.kind in TRAINED]
    if not training and served and len(system.links) >= 5 and not any(map(is_unknown, system.components)):
        yield Finding(
            "offline-loop",
            "missing",
            f"Nothing that is drawn trains {names([one.label for one in served[:1]])}.",
            "Draw the training job, what it learns from, and what it makes.",
            (served[0].id,),
        )


def bridge(system: System, _: Expectations) -> Iterator[Finding]:
    """Check 3: a registry, a feature store or an index is filled offline and used online."""
    for one in system.components:
        if one.kind not in BRIDGES:
            continue
        fills = [
            link.edge
            for link in system.links
            if link.edge.target == one.id and _makes(system, link.edge.source)
        ]
        uses = [
            link.edge
            for link in system.links
            if (link.edge.source == one.id and _serves(system, link.edge.target))
            or (
                link.edge.target == one.id
                and _serves(system, link.edge.source)
                and one.kind != "model-registry"
            )
        ]
        if fills and uses:
            yield Finding(
                "bridge",
                "good",
                f"{names([one.label])} joins the loops: jobs fill it and requests use it.",
                elements=(one.id, fills[0].id, uses[0].id),
            )


def feedback(system: System, _: Expectations) -> Iterator[Finding]:
    """Check 4: what was served and what people did with it comes back as training data."""
    roads = Roads(system)
    training = {one.id for one in system.components if one.kind in TRAINS}
    served = [one.id for one in system.components if is_client(one) or (one.loop == "online" and one.kind)]
    if not training or not request_path(system):
        return
    way = roads.path(served, training, lambda one: not is_client(one))
    if way and any(system.by_id[id].kind in DATA for id in way[2:-1:2]):
        says = (
            f"The feedback edge is drawn: what happens online reaches {names([system.by_id[way[-1]].label])}."
        )
        yield Finding("feedback", "good", says, elements=way)
        return
    sources = [one for one in system.components if roads.reached([one.id]) & training]
    if way or not sources or any(is_unknown(one) for one in sources):
        return
    learner = names([system.by_id[min(training)].label])
    yield Finding(
        "feedback",
        "missing",
        f"What people are shown and do is not led back into what {learner} learns from.",
        "Draw the log of impressions and outcomes, and how it becomes training data.",
        tuple(training),
    )


def pointless(system: System, _: Expectations) -> Iterator[Finding]:
    """Check 14: a training job fed by nothing, or whose model is never served."""
    roads = Roads(system)
    if len(system.links) < 3:
        return
    for one in system.components:
        if one.kind not in TRAINS:
            continue
        touched = [link.edge for link in system.links_of(one.id)]
        fed = any(edge.target == one.id or not edge.directed for edge in touched)
        if touched and not fed:
            yield Finding(
                "training-input",
                "missing",
                f"{names([one.label])} is fed by nothing.",
                "Draw the data that it learns from.",
                (one.id,),
            )
        ahead = [system.by_id[id] for id in roads.reached([one.id])]
        if fed and not any(is_unknown(a) or a.kind in MODELS | BRIDGES or a.loop == "online" for a in ahead):
            yield Finding(
                "model-served",
                "missing",
                f"What {names([one.label])} makes is never served: no arrow leads on to a registry or a model.",
                "Draw how the trained model gets to where requests are answered.",
                (one.id,),
            )


def _between(one: Component) -> bool:
    return may_serve(one) and not is_client(one)


def _makes(system: System, id: str) -> bool:
    one = system.by_id[id]
    return one.kind in MAKES | DATA or one.loop == "offline"


def _serves(system: System, id: str) -> bool:
    one: Component = system.by_id[id]
    return may_serve(one) and (one.loop == "online" or one.kind in MODELS or is_unknown(one))
