"""Cases in an archive: there and back, and what archives from strangers try."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest

from casebank import unpacking
from casebank.checklist import CONTENT
from casebank.schema import Content, Faulty, bundle, onefile, read_case

SLUG = "ad-click-prediction"
AT = f"cases/{SLUG}"


@pytest.fixture(scope="module")
def content() -> Content:
    return read_case(CONTENT / "cases" / SLUG)


@pytest.fixture(scope="module")
def texts(content: Content) -> dict[str, bytes]:
    """The files of an archive with one case."""
    parts = onefile.parts_of(content)
    return {f"{AT}/{part}.yaml": onefile.write_part(parts[part]).encode() for part in parts}


def zipped(files: Mapping[Any, bytes], *, packed: bool = True) -> io.BytesIO:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as zip:
        for name, data in files.items():
            zip.writestr(name, data)
    return held


def faults(file: io.BytesIO) -> list[str]:
    cases, found = bundle.read(file, name="cases.zip")
    assert not cases
    return [str(one) for one in found]


def test_all_of_the_projects_cases_come_back_as_they_were() -> None:
    cases = [read_case(one) for one in sorted((CONTENT / "cases").iterdir())]
    file = io.BytesIO()
    bundle.write(file, [(one.slug, [onefile.parts_of(one)]) for one in cases])
    read, found = bundle.read(file, name="cases.zip")
    assert not found
    assert [one.contents for one in read] == [(one,) for one in cases]


def test_earlier_versions_come_in_their_order(content: Content) -> None:
    parts = [{**onefile.parts_of(content)} for _ in range(11)]
    for number, one in enumerate(parts):
        one["case"] = {**one["case"], "title": f"Title {number}"}
    file = io.BytesIO()
    bundle.write(file, [(SLUG, parts)])
    (read,), _ = bundle.read(file, name="cases.zip")
    assert [one.case.title for one in read.contents] == [f"Title {number}" for number in range(11)]


def test_what_a_desktop_adds_is_passed_over(texts: dict[str, bytes]) -> None:
    more = {"__MACOSX/cases/._x": b"x", "cases/.DS_Store": b"x", f"{AT}/": b""}
    assert not bundle.read(zipped({**more, **texts}), name="cases.zip")[1]


def test_a_fault_names_file_line_and_key(texts: dict[str, bytes]) -> None:
    case = texts[f"{AT}/case.yaml"].replace(b"level: senior", b"level: wizard")
    said = faults(zipped({**texts, f"{AT}/case.yaml": case}))
    assert said == [f"{AT}/case.yaml:3: level: input should be 'mid', 'senior' or 'staff'"]


def test_a_missing_part_and_one_that_is_no_text_are_named(texts: dict[str, bytes]) -> None:
    said = faults(zipped({f"{AT}/case.yaml": b"title: x\ntags: \xff", f"{AT}/guide.yaml": b"a: &b 1"}))
    assert said == [
        f"{AT}/case.yaml:2: file: is not UTF-8 text",
        f"{AT}/guide.yaml:1: file: anchors and aliases are not allowed",
        f"{AT}/reference.yaml:0: file: is missing",
    ]


def test_earlier_versions_alone_are_no_case(texts: dict[str, bytes]) -> None:
    old = {name.replace(AT, f"versions/{SLUG}/1"): data for name, data in texts.items()}
    assert faults(zipped(old)) == [f"{AT}:0: file: is missing: only earlier versions are there"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "cases/../x/case.yaml",
        "cases\\x\\case.yaml",
        "cases/a/b/case.yaml",
        "cases/A/case.yaml",
        "cases/x/case.yaml\n",
        "cases/x/more.zip",
        "versions/x/0/case.yaml",
        "versions/x/99999999999999999999/case.yaml",
    ],
)
def test_only_the_files_of_cases_are_read(name: str) -> None:
    assert faults(zipped({name: b"x"}))[0].endswith("is not a file of such an archive")


def test_a_link_is_refused(texts: dict[str, bytes]) -> None:
    link = zipfile.ZipInfo(f"{AT}/case.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    said = faults(zipped({link: b"/etc/passwd"}))
    assert said == [f"{AT}/case.yaml:0: file: is a link or another thing that is no file"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(texts: dict[str, bytes]) -> None:
    held = zipped(texts)
    with zipfile.ZipFile(held, "a") as zip:
        zip.writestr(f"{AT}/case.yaml", b"title: Another")
    assert faults(held) == [f"{AT}/case.yaml:0: file: stands in the archive twice"]


@pytest.mark.asvs("5.2.3")
def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    said = faults(zipped({f"{AT}/case.yaml": b"a" * 390_000}))
    assert said == [f"{AT}/case.yaml:0: file: would become more than 200 times as large as it is packed"]


def test_a_file_that_lies_about_its_size_gives_no_more_than_it_said(texts: dict[str, bytes]) -> None:
    held = zipped({f"{AT}/case.yaml": b"a" * 390_000})
    true, lie = (390_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    said = faults(io.BytesIO(held.getvalue().replace(true, lie)))
    assert f"{AT}/case.yaml:0: file: is damaged and cannot be unpacked" in said


@pytest.mark.asvs("5.2.3")
def test_too_many_too_large_and_too_much_are_refused() -> None:
    many = {f"cases/c{number}/case.yaml": b"x" for number in range(bundle.BOUNDS.entries + 1)}
    assert faults(zipped(many))[0] == "cases.zip:0: file: holds more than 300 files"
    assert faults(zipped({f"{AT}/case.yaml": b"ab" * 250_000}, packed=False)) == [
        f"{AT}/case.yaml:0: file: is larger than 400 kB"
    ]
    held = io.BytesIO(b"\0" * (bundle.BOUNDS.packed + 1))
    assert faults(held) == ["cases.zip:0: file: is larger than 4 MB"]


def test_a_long_list_is_refused_before_it_is_read() -> None:
    many = {f"{number:0200}": b"" for number in range(2_000)}
    bounds = unpacking.Bounds(packed=10**9, entries=300, each=1, unpacked=1)
    with pytest.raises(Faulty, match="holds more than 300 files"):
        unpacking._weigh(zipped(many), bounds, "cases.zip")


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"not a zip", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_archive_is_said_to_be_none(data: bytes) -> None:
    assert faults(io.BytesIO(data)) == ["cases.zip:0: file: is not a zip archive that can be read"]


def test_damaged_bytes_never_crash(texts: dict[str, bytes]) -> None:
    whole = zipped(texts).getvalue()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0xFF
        bundle.read(io.BytesIO(bytes(spoilt)), name="cases.zip")
        bundle.read(io.BytesIO(whole[:place]), name="cases.zip")


def test_an_empty_archive_holds_no_cases() -> None:
    assert faults(zipped({})) == ["cases.zip:0: file: holds no cases"]
