"""An OpenAPI document as the plain values of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    id: str
    method: str
    path: str
    about: str
    parameters: tuple[Field, ...]
    takes: tuple[Field, ...]
    answers: tuple[tuple[str, tuple[Field, ...]], ...]


def sections(document: dict[str, Any]) -> list[tuple[str, list[Operation]]]:
    """The operations by the first segment of their address, as in the document."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        area = path.removeprefix("/api/v1/").split("/", 1)[0].split(".")[0]
        for method in _METHODS:
            if method in methods:
                found.setdefault(area, []).append(_operation(document, method, path, methods[method]))
    return list(found.items())


def _operation(document: dict[str, Any], method: str, path: str, one: dict[str, Any]) -> Operation:
    return Operation(
        id=one["operationId"],
        method=method.upper(),
        path=path,
        about=one.get("description", ""),
        parameters=tuple(
            Field(
                each["name"],
                _kind(document, each["schema"]),
                bool(each.get("required")),
                each.get("description", ""),
            )
            for each in one.get("parameters", [])
            if each["in"] != "path"
        ),
        takes=_body(document, one.get("requestBody", {})),
        answers=tuple(
            (status, _body(document, said))
            for status, said in one["responses"].items()
            if status != "default"
        ),
    )


def _body(document: dict[str, Any], said: dict[str, Any]) -> tuple[Field, ...]:
    content: dict[str, Any] = next(iter(said.get("content", {}).values()), {})
    shape = content.get("schema", {})
    if shape.get("type") == "array":
        shape = shape["items"]
    shape = _resolved(document, shape)
    needed = shape.get("required", ())
    return tuple(
        Field(name, _kind(document, field), name in needed, field.get("description", ""))
        for name, field in shape.get("properties", {}).items()
    )


def _resolved(document: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape or "allOf" in shape:
        shape = (
            shape["allOf"][0]
            if "allOf" in shape
            else document["components"]["schemas"][shape["$ref"].split("/")[-1]]
        )
    return shape


def _kind(document: dict[str, Any], shape: dict[str, Any]) -> str:
    """In words: a list of Item, one of "a" or "b", integer."""
    if shape.get("type") == "array":
        return f"list of {_kind(document, shape['items'])}"
    if "oneOf" in shape:
        return " or ".join(_kind(document, one) for one in shape["oneOf"])
    if "$ref" in shape or "allOf" in shape:
        found = _resolved(document, shape)
        name = (shape.get("$ref") or shape["allOf"][0].get("$ref", "")).split("/")[-1]
        return _kind(document, found) if "enum" in found else name
    if "enum" in shape:
        return "one of " + ", ".join(repr(one) for one in shape["enum"])
    return str(shape.get("format") or shape.get("type", "any"))
