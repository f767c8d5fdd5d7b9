from __future__ import annotations

from whiteboard.comparing import compare
from whiteboard.findings import Finding
from whiteboard.graph import Graph, Part
from whiteboard.understanding import understand


def test_kinds_and_checks_that_only_the_model_has() -> None:
    drawing = understand(Graph((Part("a", "Model registry"), Part("b", "Zorble"), Part("c", "Redis cache"))))
    model = understand(Graph((Part("m", "Registry", "model-registry"), Part("n", "Drift", "monitoring"))))
    good = [Finding("bridge", "good", "joined"), Finding("monitoring", "good", "watched")]
    bad = [Finding("bridge", "good", "joined"), Finding("monitoring", "missing", "unwatched")]
    seen = compare(drawing, model, found=bad, expected=good)
    assert [(kind.name, kind.labels) for kind in seen.lacking] == [("Monitoring", ("Drift",))]
    assert [kind.labels for kind in seen.shared] == [("Registry",)]
    assert [kind.labels for kind in seen.own] == [("Redis cache",)]
    assert seen.elements == ("n",)
    assert [one.says for one in seen.unmet] == ["watched"]
    assert [one.says for one in seen.met] == ["joined"]
    assert seen.unread == 1


def test_an_empty_board_lacks_all_of_it() -> None:
    model = understand(Graph((Part("m", "Registry", "model-registry"),)))
    seen = compare(understand(Graph()), model, found=(), expected=())
    assert len(seen.lacking) == 1
    assert not seen.shared
