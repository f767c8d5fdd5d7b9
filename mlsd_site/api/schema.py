"""What the API says of itself, to each role: a candidate's schema has no word of what only others may read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from casebank.api import problems

ROLES = ("candidate", "interviewer", "admin")
Endpoint = tuple[str, str, str, Callable[..., Any]]


class RoleGenerator(SchemaGenerator):
    """Leaves out the endpoints that are for others, and with them the shapes that only they name."""

    role = "admin"

    def _get_paths_and_endpoints(self) -> list[Any]:
        found: list[Any] = super()._get_paths_and_endpoints()  # type: ignore[no-untyped-call]
        return [one for one in found if self._is_for_role(one[3])]

    def _is_for_role(self, view: Any) -> bool:
        wanted = getattr(view, "audience", ROLES[0])
        return ROLES.index(self.role) >= ROLES.index(wanted)


@lru_cache(maxsize=len(ROLES))
def schema_for(role: str) -> dict[str, Any]:
    """The OpenAPI document for one of ROLES. It depends on the code alone."""
    generator = RoleGenerator()  # type: ignore[no-untyped-call]
    generator.role = role
    made: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


def say_how_it_is_refused(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """drf-spectacular's hook: every operation may answer with a problem."""
    text = {"type": "string"}
    names = ("type", "title", "code", "detail")
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = {
        "type": "object",
        "properties": {**dict.fromkeys(names, text), "status": {"type": "integer"}},
        "required": [*names, "status"],
    }
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    refused = {"description": "Refused; `code` says why.", "content": {problems.MEDIA_TYPE: shape}}
    for methods in result["paths"].values():
        for operation in methods.values():
            operation["responses"]["default"] = refused
    return result
