"""The product runs without what only training needs, and ships what training would make."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import interviews
from interviews.scoring import model, training
from interviews.scoring.training import chosen

ONLY_FOR_TRAINING = ("torch", "sklearn", "safetensors", training.__name__)
# What may be imported where these are not installed: tests and the product's own tools read the corpus with them.
PLAIN = ("marked", "examples", "augmenting", "folds", "export", "chosen")


def imported(path: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, wherever in it."""
    package = ".".join(path.relative_to(Path(interviews.__file__).parents[1]).parts[:-1]).split(".")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


def is_of(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_nothing_outside_of_training_needs_it() -> None:
    root, apart = Path(interviews.__file__).parent, Path(training.__file__).parent
    files = [path for path in root.rglob("*.py") if apart not in path.parents]
    assert len(files) > 100
    needed = [(path, name) for path in files for name in imported(path) if is_of(name, ONLY_FOR_TRAINING)]
    assert needed == []


def test_examples_and_their_changes_need_neither() -> None:
    apart = Path(training.__file__).parent
    needed = [
        (module, name)
        for module in PLAIN
        for name in imported(apart / f"{module}.py")
        if is_of(name, ONLY_FOR_TRAINING[:-1])
    ]
    assert needed == []


def test_the_shipped_model_has_what_was_chosen() -> None:
    shipped = json.loads(model.FILE.read_text(encoding="utf-8"))
    assert tuple(shipped["floors"]) == chosen.FLOORS
    assert tuple(shipped["cuts"]) == chosen.CUTS
    assert tuple(shipped["verdicts"]) == chosen.VERDICTS
