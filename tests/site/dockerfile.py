"""A Dockerfile read into its steps, and replayed in folders where no container engine is.

What a replay is not: the base images (this machine's Python and Node stand in for theirs), a root of its own (so no RUN
may name an absolute path), Debian's packages (none is installed), and another user (none is made on this machine, and
all runs as who runs the replay).
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from mlsd_site.embedded import node

_OF_THE_SYSTEM = ("groupadd", "useradd", "chown", "apt-get")


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: its name in capitals, and what follows."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)


@dataclass(slots=True)
class Stage:
    """From one FROM to the next."""

    base: str
    name: str
    steps: list[Step] = field(default_factory=list)

    def last(self, name: str) -> str:
        """What the last instruction of this name says; "" where there is none."""
        return next((step.text for step in reversed(self.steps) if step.name == name), "")


def read(path: Path) -> list[Stage]:
    """The stages of a Dockerfile; continued lines are joined, comments left out."""
    lines = [line for line in path.read_text().splitlines() if not line.lstrip().startswith("#")]
    text = re.sub(r"\\\n\s*", "", "\n".join(lines))
    stages: list[Stage] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, said = line.split(maxsplit=1)
        if name == "FROM":
            base, *alias = said.split()
            stages.append(Stage(base, alias[1] if alias else ""))
        else:
            stages[-1].steps.append(Step(name, said))
    return stages


def command(text: str) -> list[str]:
    """The words of a CMD (or of what a HEALTHCHECK runs) in exec form."""
    words = json.loads(text[text.index("[") :])
    return [str(word) for word in words]


def context(root: Path, target: Path) -> None:
    """Copy what an engine would be sent: all of `root` that its .dockerignore leaves."""
    rules = [line for line in (root / ".dockerignore").read_text().splitlines() if line]

    def ignored(path: str) -> bool:
        out = False
        parts = path.split("/")
        for rule in rules:
            form = re.escape(rule.lstrip("!")).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
            if any(re.fullmatch(form, "/".join(parts[:depth])) for depth in range(1, len(parts) + 1)):
                out = not rule.startswith("!")
        return out

    def leave_out(folder: str, names: list[str]) -> set[str]:
        here = Path(folder).relative_to(root)
        return {name for name in names if ignored(str(here / name))}

    shutil.copytree(root, target, ignore=leave_out, symlinks=True)


@dataclass(slots=True)
class Image:
    """A stage that is being replayed: its root folder, and what RUN and CMD see of it."""

    root: Path
    folder: Path
    environment: dict[str, str]

    def inside(self, path: str) -> Path:
        """Where a path of the image lies on this machine."""
        return self.root / path.lstrip("/") if path.startswith("/") else self.folder / path

    def run(self, words: list[str], **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            cwd=self.folder,
            env={**self.environment, **extra},
            capture_output=True,
            text=True,
            check=False,
        )


class Replay:
    """Replays stages below `place`, one after the other; what is sent to the engine lies in `sent`."""

    def __init__(self, place: Path, sent: Path) -> None:
        self._place = place
        self._sent = sent
        self._made: dict[str, Image] = {}

    def build(self, stage: Stage) -> Image:
        """Every step up to the end of the stage; an AssertionError has the output of the one that failed."""
        image = self._base(stage)
        self._made[stage.name] = image
        for step in stage.steps:
            if step.name == "WORKDIR":
                image.folder = image.inside(step.text)
                image.folder.mkdir(parents=True, exist_ok=True)
            elif step.name == "ENV":
                self._set(image, step)
            elif step.name == "COPY":
                self._copy(image, step)
            elif step.name == "RUN":
                assert not re.search(r"(?:^|[\s=>\"'])/\w", step.text), f"an absolute path: {step.text}"
                done = image.run(["sh", "-ec", step.text])
                assert done.returncode == 0, f"{step.text}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return image

    def _base(self, stage: Stage) -> Image:
        """An empty root with this machine's Python, or Node, first on its PATH."""
        root = self._place / (stage.name or "image")
        programs = root / "base" / "bin"
        if stage.base.startswith("python:"):
            subprocess.run([sys.executable, "-m", "venv", str(root / "base")], check=True)
        else:
            programs.mkdir(parents=True)
            _program(programs / "npm", shlex.join(node.npm()) + ' "$@"')
        for name in _OF_THE_SYSTEM:
            _program(programs / name, "exit 0")
        kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        return Image(root, root, {**kept, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"})

    def _set(self, image: Image, step: Step) -> None:
        for name, value in (word.split("=", 1) for word in step.words):
            if name == "PATH":
                paths = value.removesuffix(":$PATH").split(":")
                value = os.pathsep.join(
                    [*(str(image.inside(path)) for path in paths), image.environment["PATH"]]
                )
            image.environment[name] = value

    def _copy(self, image: Image, step: Step) -> None:
        *sources, target = (word for word in step.words if not word.startswith("--"))
        origin = re.match(r"--from=(\S+)", step.text)
        other = self._made[origin[1]] if origin else None
        into = image.inside(target)
        for source in sources:
            found = other.inside(source) if other else self._sent / source
            if found.is_dir():
                shutil.copytree(found, into, symlinks=True, dirs_exist_ok=True)
            else:
                where = into / found.name if target.endswith("/") else into
                where.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(found, where)


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
