"""Sessions as files: those of one person, and whole ones for another installation (docs/exchange.md)."""
