"""The pages of sessions. Each view goes through the door, validates, calls the verb, and renders; no rule lives here."""
