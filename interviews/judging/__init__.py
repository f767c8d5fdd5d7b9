"""An optional second opinion by a language model: prompt, endpoint, answer, and what of it counts.

Nothing here knows the database or the queue; `interviews.actions.judging` does. docs/adr/0011 has the reasons.
"""
