"""Verbs that write. Page, REST, socket and task all call these."""
