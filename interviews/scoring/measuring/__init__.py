"""How far a scorer agrees with people, and what it can be talked into. docs/measuring.md explains the figures.

It asks the scorer for sheets and knows nothing of how they are made.
"""
