"""Checking a case's arithmetic: formulas over its own named numbers, and nothing else that Python can do."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from math import isfinite

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
TOLERANCE = 0.05


def evaluate(formula: str, known: Mapping[str, float]) -> float:
    """The value of a formula of + - * / ( ), numbers and `known` names; ValueError for anything else."""
    try:
        return _value(ast.parse(formula, mode="eval").body, known)
    except (SyntaxError, ZeroDivisionError, OverflowError, RecursionError, MemoryError) as error:
        raise ValueError(f"{formula!r} cannot be computed: {error}") from error


def agrees(value: float, computed: float) -> bool:
    """Whether a rounded figure stands for the computed one: within 5 %, which is as exact as people estimate. Nothing
    stands for infinity."""
    return isfinite(computed) and abs(value - computed) <= TOLERANCE * max(abs(value), abs(computed))


def _value(node: ast.expr, known: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.Name(id=name):
            raise ValueError(f"{name} is not a number that stands above")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, known)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, known), _value(right, known))
    raise ValueError("a formula holds only numbers, names, + - * / and parentheses")
