"""What people type is never read as a pattern or a format: each is a text of the code's own."""

from __future__ import annotations

import ast
import re

import pytest

from tests.security.product import calls, modules, scripts

OF_RE = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
# Modules that make patterns of parts, and whose words the parts are.
PATTERNS = {
    "interviews.papers.pdf",  # a number
    "interviews.scoring.lexicon",  # a file of the project
    "interviews.scoring.measuring.edits",  # a table there
    "interviews.scoring.measuring.labels",  # a developer's, each by re.escape
    "mlsd_site.embedded.addresses",  # names of variables
    "whiteboard.formats.mermaid.reader",  # the language's own
    "whiteboard.rules.values",  # the argument of `form`, which is a constant everywhere
    "whiteboard.understanding.kinds",  # a table there
}
# Texts with places for words, by the name under which they stand in the code.
FORMATS = {
    "NONE_LEFT.format",
    "README.format",
    "_SYSTEM.format",
    "_WHY[gap.why].format",
}
# A developer's measurements of the scorer, whose wordings lie in a file; and a method of logging's.
NO_FORMATS = ("interviews.scoring.measuring.", "mlsd_site.logs")


def names(node: ast.expr) -> set[str]:
    """What a text is made of besides constants, by what the module calls it."""
    if isinstance(node, ast.Constant):
        return set()
    if isinstance(node, ast.JoinedStr):
        return {name for one in node.values for name in names(one)}
    if isinstance(node, ast.FormattedValue):
        return names(node.value)
    if isinstance(node, ast.BinOp):
        return names(node.left) | names(node.right)
    if isinstance(node, ast.Call):
        inside = [one for one in ast.walk(node) if isinstance(one, ast.Name)]
        return {one.id for one in inside}
    return {ast.unparse(node)}


def is_constant(name: str) -> bool:
    return bool(re.fullmatch(r"(\w+\.)?_?[A-Z][A-Z_]*", name))


@pytest.mark.asvs("1.2.9")
def test_no_pattern_is_made_of_what_was_typed() -> None:
    made = {
        module
        for module, call in calls()
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) == "re"
        and call.func.attr in OF_RE
        for name in names(call.args[0])
        if not is_constant(name)
    }
    assert made == PATTERNS
    forms = [
        call
        for module, call in calls()
        if module.startswith("whiteboard.") and ast.unparse(call.func) == "form"
    ]
    assert len(forms) >= 3
    assert {name for call in forms for one in call.args for name in names(one)} == set()


@pytest.mark.asvs("1.2.9")
def test_nor_by_the_database_or_a_script() -> None:
    sources = "\n".join(ast.unparse(tree) for tree in modules().values())
    assert re.findall(r"__i?regex\b|SIMILAR TO|regexp_\w+|\s!?~\*? %", sources) == []
    assert [name for name, text in scripts().items() if re.search(r"\bRegExp\(", text)] == []


@pytest.mark.asvs("1.3.10")
def test_no_format_is_made_of_what_was_typed() -> None:
    made = {
        ast.unparse(call.func)
        for module, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("format", "format_map", "substitute", "safe_substitute")
        and not isinstance(call.func.value, ast.Constant | ast.JoinedStr)
        and not module.startswith(NO_FORMATS)
    }
    assert made == FORMATS
    by_percent = [
        f"{module}: {ast.unparse(node)}"
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)
        if isinstance(node.left, ast.JoinedStr) or isinstance(node.right, ast.Tuple | ast.Dict)
        if not isinstance(node.left, ast.Constant)
    ]
    assert by_percent == []
