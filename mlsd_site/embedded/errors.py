from __future__ import annotations


class ServiceError(Exception):
    """An embedded server cannot run here; the text says why and what to do."""
