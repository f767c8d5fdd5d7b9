"""YAML from strangers: bounded, without anchors, and with the line of every key."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .faults import Fault

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
# Escapes can smuggle them into a string; Postgres refuses both.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Key = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A file's value, and where each key of it stands."""

    file: str
    value: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, key: Key) -> int:
        """The line of a key, or of the nearest part around it that is there."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def fault(self, key: Key, reason: str) -> Fault:
        return Fault(self.file, self.line(key), spell(key), reason)


def read(path: Path, *, root: Path) -> Document:
    """The document in a file; `faults` says what kept it from being read."""
    document = Document(str(path.relative_to(root)) if path.is_relative_to(root) else path.name)
    try:
        if path.is_symlink():
            raise OSError("is a link, and links are not followed")
        if path.exists() and not path.is_file():
            raise OSError("is not a file")
        if path.stat().st_size > MAX_BYTES:
            raise OSError(f"is larger than {MAX_BYTES // 1000} kB")
        text = path.read_bytes().decode()
    except FileNotFoundError:
        document.faults.append(Fault(document.file, 0, "", "is missing"))
    except OSError as error:
        document.faults.append(Fault(document.file, 0, "", error.strerror or str(error)))
    except UnicodeDecodeError as error:
        document.faults.append(Fault(document.file, 0, "", f"is not UTF-8 text: {error.reason}"))
    else:
        _parse(text, document)
    return document


def spell(key: Key) -> str:
    """facts[3].answer"""
    spelled = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return spelled.removeprefix(".")


def _parse(text: str, document: Document) -> None:
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1 if event.start_mark else 0
                document.faults.append(Fault(document.file, line, "", "anchors and aliases are not allowed"))
                return
            if getattr(event, "tag", None):
                # `!!timestamp x` and its like crash PyYAML's own constructors, and no case needs a tag.
                line = event.start_mark.line + 1 if event.start_mark else 0
                document.faults.append(Fault(document.file, line, "", "tags are not allowed"))
                return
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            document.faults.append(Fault(document.file, 1, "", "is empty"))
            return
        document.value = _value(loader, node, (), document)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        document.faults.append(Fault(document.file, line, "", f"is not YAML: {error.problem}"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        document.faults.append(Fault(document.file, 0, "", f"is not YAML: {str(error).splitlines()[0]}"))


def _value(loader: yaml.SafeLoader, node: yaml.Node, key: Key, document: Document) -> Any:
    document.lines.setdefault(key, node.start_mark.line + 1)
    if len(key) > MAX_DEPTH:
        raise ValueError(f"it is nested more than {MAX_DEPTH} deep")
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, one, (*key, i), document) for i, one in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        value = loader.construct_object(node)
        if isinstance(value, str) and _UNSTORABLE.search(value):
            document.faults.append(document.fault(key, "holds characters that no database stores"))
        return value
    made: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        document.lines[(*key, name)] = name_node.start_mark.line + 1
        if name in made:
            document.faults.append(document.fault((*key, name), "stands here twice"))
        made[name] = _value(loader, value_node, (*key, name), document)
    return made
