"""Sessions over REST: the doors and verbs of the pages, in JSON. Every field is named here."""
