"""Parts of a sheet as its templates need them."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from interviews.sheets.sheet import Drawing, Table, Words

register = template.Library()
Cells = list[tuple[str, Words]]


@register.filter
def picture(drawing: Drawing) -> SafeString:
    """The SVG; the board's renderer and the timeline escape all that they write."""
    return mark_safe(drawing.svg)


@register.filter
def heads(table: Table) -> Cells:
    """Each column's heading with its alignment."""
    return list(zip(table.align, table.head, strict=True))


@register.filter
def cells(table: Table) -> list[Cells]:
    """Each row's cells with their alignment."""
    return [list(zip(table.align, row, strict=True)) for row in table.rows]


@register.filter
def form_of(request: HttpRequest, form: str) -> str:
    """Where the sheet of this page is to be had in another form, on the same paper."""
    query = request.GET.urlencode()
    return f"{request.path.rstrip('/')}.{form}{'?' + query if query else ''}"
