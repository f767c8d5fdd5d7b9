"""The pages of sessions. Each view goes through the door, validates, calls the verb, renders."""
