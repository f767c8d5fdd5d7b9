"""Notes that were written before revisions were kept get one, from nothing to the note as it stands."""

from django.db import migrations

FILL = """
INSERT INTO interviews_noterevision (note_id, version, at, start, removed, inserted)
SELECT id, version, updated_at, 0, 0, text FROM interviews_note WHERE version > 0
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0003_revisions_and_annotations")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
