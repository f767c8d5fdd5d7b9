"""Sending signed messages to addresses that people name (docs/adr/0035). No Django in here."""
