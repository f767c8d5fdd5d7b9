"""The case bank over REST: what the pages show, in JSON. The guide is not among it."""
