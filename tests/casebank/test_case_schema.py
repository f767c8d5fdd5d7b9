"""The JSON Schema that editors use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client
from jsonschema import Draft202012Validator

from casebank.checklist import CONTENT
from casebank.schema import onefile, read_case
from casebank.schema.jsonschema import MODELS, schema

SLUGS = sorted(path.name for path in (CONTENT / "cases").iterdir())


def complaints(name: str, value: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(value)]


@pytest.mark.parametrize("name", MODELS)
def test_it_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", ["case", "guide", "reference"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_projects_cases_fit(slug: str, name: str) -> None:
    assert complaints(name, yaml.safe_load((CONTENT / "cases" / slug / f"{name}.yaml").read_text())) == []


def test_one_file_fits_too() -> None:
    content = read_case(CONTENT / "cases" / SLUGS[0])
    text = onefile.write(content.slug, onefile.parts_of(content))
    assert complaints("one-file", yaml.safe_load(text)) == []


def test_an_editor_sees_unknown_keys_and_items() -> None:
    guide = yaml.safe_load((CONTENT / "cases" / SLUGS[0] / "guide.yaml").read_text())
    guide["items"]["clarify.gaol"] = guide["items"]["clarify.goal"]
    guide["opning"] = "Hello"
    assert len(complaints("guide", guide)) == 2


def test_every_key_of_a_case_is_explained() -> None:
    case = schema("case")["properties"]
    assert [key for key, said in case.items() if not said.get("description")] == []


def test_the_committed_files_are_up_to_date() -> None:
    call_command("case_schema", check=True)


def test_a_stale_file_is_found_out_and_written_anew(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text("{}")
    with pytest.raises(CommandError, match="out of date"):
        call_command("case_schema", str(tmp_path), check=True)
    call_command("case_schema", str(tmp_path))
    call_command("case_schema", str(tmp_path), check=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "status"), [*((name, 200) for name in MODELS), ("nothing", 404)])
def test_it_is_published_for_everybody(client: Client, name: str, status: int) -> None:
    response = client.get(f"/cases/schema/{name}.json")
    assert response.status_code == status
    if status == 200:
        assert response.json() == schema(name)
