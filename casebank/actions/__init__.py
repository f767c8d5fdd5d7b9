"""Verbs of the case bank that write."""
