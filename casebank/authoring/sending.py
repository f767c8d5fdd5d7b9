"""Sending a text or an archive as a file."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Iterator
from typing import IO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

_PIECE = 2**16


def download(text: str, name: str) -> HttpResponse:
    """The text as `name`.yaml, to be saved and never shown as a page. `name` is a slug."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


def send(request: HttpRequest, file: IO[bytes], name: str) -> StreamingHttpResponse:
    """The zip in `file` as `name`, piece by piece; the file is closed when it was sent."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    pieces = _pieces_async(file) if isinstance(request, ASGIRequest) else _pieces(file)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


async def _pieces_async(file: IO[bytes]) -> AsyncIterator[bytes]:
    """The same for the server that runs on an event loop, which would else read the whole file into memory."""
    try:
        while piece := await sync_to_async(file.read)(_PIECE):
            yield piece
    finally:
        file.close()
