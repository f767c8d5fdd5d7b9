"""The demo's interviews of Ada: the last one, with Ben, as it was before anybody said anything of it, and the one
before it, with Cleo, of which all is said."""

from __future__ import annotations

from tests.e2e.product import Product, until

_PEOPLES = "source IN ('interviewer', 'self', 'second')"
_SHEETS = f"SELECT id FROM interviews_scoresheet WHERE submission_id = %s AND {_PEOPLES}"
_SCORED = "SELECT 1 FROM interviews_scoresheet WHERE source = 'automatic' AND submission_id = %s"
_SEATS = "SELECT id FROM interviews_seat WHERE session_id = %s"


def told(product: Product) -> str:
    """The id of the session of which all is said, and of which nobody takes anything away, once it is scored."""
    submission, session = product.sql(
        "SELECT id, session_id FROM interviews_submission ORDER BY id LIMIT 1 OFFSET 1"
    )[0]
    until(lambda: product.sql(_SCORED, submission), 60, product.log)
    return str(session)


def untold(product: Product) -> tuple[str, int]:
    """Take away what people have said of it: marks, sheets, feedback, self-rating, disputes, a second rating. Returns
    the ids of session and submission, once it is scored."""
    submission, session = product.sql("SELECT id, session_id FROM interviews_submission ORDER BY id LIMIT 1")[
        0
    ]
    until(lambda: product.sql(_SCORED, submission), 60, product.log)
    ratings = "SELECT id FROM interviews_secondrating WHERE session_id = %s"
    disputes = f"SELECT id FROM interviews_dispute WHERE seat_id IN ({_SEATS})"
    for table, whose, id in (
        ("secondremark", f"rating_id IN ({ratings})", session),
        ("secondrating", "session_id = %s", session),
        ("disputeanswer", f"dispute_id IN ({disputes})", session),
        ("dispute", f"seat_id IN ({_SEATS})", session),
        ("feedback", f"author_id IN ({_SEATS})", session),
        ("feedbackdraft", f"author_id IN ({_SEATS})", session),
        ("selfrating", f"seat_id IN ({_SEATS})", session),
        ("mark", "session_id = %s", session),
        ("itemscore", f"sheet_id IN ({_SHEETS})", submission),
        ("scoresheet", f"id IN ({_SHEETS})", submission),
    ):
        product.sql(f"DELETE FROM interviews_{table} WHERE {whose}", id)
    return str(session), int(submission)
