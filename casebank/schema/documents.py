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
# Keys and values; a long case has 1,500.
MAX_VALUES = 20_000
# `1:1:1:...` is a number to base 60 for YAML 1.1, and a long one takes minutes to compute.
MAX_NUMBER = 64
# libyaml's parser, where PyYAML has it: the same events twenty times as fast, so that a page can check as one types.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Escapes can smuggle them into a string; Postgres refuses both.
# What no text has, and what no drawing or PDF can hold.
_UNPRINTABLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Key = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A file's value, and where each key of it stands."""

    file: str
    value: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    at: Key = ()

    def under(self, name: str) -> Document:
        """The part below a key: its value (None where there is none), and faults that name the whole path."""
        value = self.value.get(name) if isinstance(self.value, dict) else None
        return Document(self.file, value, self.lines, at=(*self.at, name))

    def line(self, key: Key) -> int:
        """The line of a key, or of the nearest part around it that is there."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def fault(self, key: Key, reason: str) -> Fault:
        whole = (*self.at, *key)
        return Fault(self.file, self.line(whole), spell(whole), reason)


def read(path: Path, *, root: Path, most: int = MAX_BYTES) -> Document:
    """The document in a file of at most `most` bytes; `faults` says what kept it from being read."""
    document = Document(str(path.relative_to(root)) if path.is_relative_to(root) else path.name)
    try:
        if path.is_symlink():
            raise OSError("is a link, and links are not followed")
        if path.exists() and not path.is_file():
            raise OSError("is not a file")
        if path.stat().st_size > most:
            raise OSError(f"is larger than {most // 1000} kB")
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


def parse(text: str, *, file: str) -> Document:
    """The document in a text; `file` is what its faults are said to be in."""
    document = Document(file)
    if len(text.encode(errors="replace")) > MAX_BYTES:
        document.faults.append(Fault(file, 0, "", f"is larger than {MAX_BYTES // 1000} kB"))
    else:
        _parse(text, document)
    return document


def spell(key: Key) -> str:
    """facts[3].answer"""
    spelled = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return spelled.removeprefix(".")


def _parse(text: str, document: Document) -> None:
    try:
        refused = _refuse(text)
        if refused:
            document.faults.append(Fault(document.file, refused[0], "", refused[1]))
            return
        loader = _LOADER(text)
        node = loader.get_single_node()
        if node is None:
            document.faults.append(Fault(document.file, 1, "", "is empty"))
            return
        document.value = _value(loader, node, (), document)
    except yaml.MarkedYAMLError as error:
        # A text that breaks off is faulty on its last line, not on the one after it.
        line = min(error.problem_mark.line, text.rstrip().count("\n")) + 1 if error.problem_mark else 0
        document.faults.append(Fault(document.file, line, "", f"is not YAML: {error.problem}"))
    except yaml.reader.ReaderError as error:
        line = text.encode(errors="replace")[: error.position].count(b"\n") + 1
        document.faults.append(Fault(document.file, line, "", f"is not YAML: {error.reason}"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        document.faults.append(Fault(document.file, 0, "", f"is not YAML: {str(error).splitlines()[0]}"))


def _refuse(text: str) -> tuple[int, str] | None:
    """The line and reason of the first thing that is YAML but not for us. Events come as they are read, so that
    nothing is built of a document that nests without end."""
    depth = values = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        values += isinstance(event, yaml.NodeEvent)
        if values > MAX_VALUES:
            return line, f"holds more than {MAX_VALUES:,} keys and values"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return line, f"is nested more than {MAX_DEPTH} deep"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, "anchors and aliases are not allowed"
        if getattr(event, "tag", None):
            # `!!timestamp x` and its like crash PyYAML's own constructors, and no case needs a tag.
            return line, "tags are not allowed"
    return None


def _value(loader: yaml.SafeLoader, node: yaml.Node, key: Key, document: Document) -> Any:
    document.lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, one, (*key, i), document) for i, one in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        value = _scalar(loader, node, key, document)
        if isinstance(value, str) and UNSTORABLE.search(value):
            document.faults.append(document.fault(key, "holds characters that no database stores"))
        elif isinstance(value, str) and _UNPRINTABLE.search(value):
            document.faults.append(document.fault(key, "holds control characters"))
        return value
    made: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value)
        document.lines[(*key, name)] = name_node.start_mark.line + 1
        if name in made:
            document.faults.append(document.fault((*key, name), "stands here twice"))
        made[name] = _value(loader, value_node, (*key, name), document)
    return made


def _scalar(loader: yaml.SafeLoader, node: yaml.Node, key: Key, document: Document) -> Any:
    if node.tag == "tag:yaml.org,2002:str":
        return str(node.value)
    if len(node.value) > MAX_NUMBER:
        document.faults.append(
            document.fault(key, f"is a number or date of more than {MAX_NUMBER} characters")
        )
        return None
    try:
        return loader.construct_object(node)
    except ValueError as error:
        document.faults.append(document.fault(key, f"is not a value: {error}"))
        return None
