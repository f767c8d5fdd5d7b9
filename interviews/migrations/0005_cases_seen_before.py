"""Sessions that were held, and guides that were opened, before the bank kept who has seen what."""

from django.db import migrations

FILL = """
INSERT INTO casebank_seencase (user_id, case_id, how, at)
SELECT seat.user_id, version.case_id, seat.role, min(session.started_at)
FROM interviews_seat seat
JOIN interviews_session session ON session.id = seat.session_id
JOIN casebank_caseversion version ON version.id = session.case_version_id
WHERE session.started_at IS NOT NULL AND seat.left_at IS NULL
GROUP BY seat.user_id, version.case_id, seat.role
UNION ALL
SELECT seat.user_id, version.case_id, 'guide', min(event.at)
FROM interviews_privateevent event
JOIN interviews_seat seat ON seat.id = event.seat_id
JOIN interviews_session session ON session.id = event.session_id
JOIN casebank_caseversion version ON version.id = session.case_version_id
WHERE event.kind = 'guide_opened'
GROUP BY seat.user_id, version.case_id
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0004_first_revisions"), ("casebank", "0006_seen_cases")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
