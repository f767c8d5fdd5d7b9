"""Who meets, when, and how it went: sessions, seats, the clock, notes, submissions, scores."""
