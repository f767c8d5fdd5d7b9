"""Reads shaped for a page, an endpoint or a frame."""
