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
    pieces = _AsyncPieces(file) if isinstance(request, ASGIRequest) else _Pieces(file)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Pieces:
    """The file in pieces. Django calls `close` when the answer is over, whether or not anybody read it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._file.read(_PIECE):
            yield piece

    def close(self) -> None:
        self._file.close()


class _AsyncPieces:
    """The same for the server that runs on an event loop, which would else read the whole file into memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await sync_to_async(self._file.read)(_PIECE):
            yield piece

    def close(self) -> None:
        self._file.close()
