"""Sheets to try the forms on, and how a PDF reads."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from casebank import frameworks, sheets
from casebank.checklist import CONTENT
from casebank.models import CaseVersion
from casebank.schema import Content, read_case
from interviews.sheets.candidate import candidate_sheet
from interviews.sheets.frameworks import framework_sheet
from interviews.sheets.full import full_sheet
from interviews.sheets.general import general
from interviews.sheets.sheet import Sheet

CASES = sorted(folder.name for folder in (CONTENT / "cases").iterdir())


def version_of(content: Content) -> CaseVersion:
    """The candidate's half as it would be published; not saved."""
    case = content.case
    return CaseVersion(
        title=case.title,
        summary=case.summary,
        prompt=case.prompt,
        level=case.level,
        kind=case.kind,
        tags=case.tags,
        minutes=case.minutes,
        starter=case.starter.model_dump() if case.starter else None,
    )


def candidates(slug: str) -> Sheet:
    """A case's sheet for everybody."""
    return candidate_sheet(version_of(read_case(CONTENT / "cases" / slug)), frameworks.default())


def whole(slug: str) -> Sheet:
    """A case's sheet with its guide."""
    content = read_case(CONTENT / "cases" / slug)
    return full_sheet(version_of(content), content.guide_body())


def public() -> dict[str, Callable[[], Sheet]]:
    """How to make each sheet that is no case's, by its slug."""
    made: dict[str, Callable[[], Sheet]] = {slug: lambda slug=slug: general(slug) for slug in sheets.load()}  # type: ignore[misc]
    for framework in frameworks.load().values():
        made[framework.slug] = lambda framework=framework: framework_sheet(framework)  # type: ignore[misc]
    return made


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The words of a PDF, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())
