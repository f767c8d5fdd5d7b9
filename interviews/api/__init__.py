"""Sessions over REST: the same doors and verbs as the pages, in JSON. Every field is named here; none follows a model."""
