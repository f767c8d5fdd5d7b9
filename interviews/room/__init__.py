"""The room's socket: door, parse, hand to the verb, send. It is transport and holds no rule.

`socket.application` is the ASGI handler for /ws/sessions/<id>/; docs/architecture.md describes its messages.
"""
