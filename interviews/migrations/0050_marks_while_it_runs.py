"""Marks belong to a session, so that they can be given while it runs, before anything is handed in."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

FINAL = """
CREATE TRIGGER mark_is_final BEFORE UPDATE OF {column}, item, level, automatic_level, reason, at ON interviews_mark
  FOR EACH ROW EXECUTE FUNCTION interviews_row_is_final();
"""
FREE = "DROP TRIGGER mark_is_final ON interviews_mark;"
# The checks of foreign keys wait for the end of the transaction otherwise, and then no column may change.
TO_SESSIONS = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE interviews_mark SET session_id = submission.session_id
  FROM interviews_submission submission WHERE submission.id = submission_id;
"""
TO_SUBMISSIONS = """
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE interviews_mark SET submission_id = submission.id
  FROM interviews_submission submission WHERE submission.session_id = interviews_mark.session_id;
DELETE FROM interviews_mark WHERE submission_id IS NULL;
"""


def link(model: str, *, null: bool) -> models.ForeignKey:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.CASCADE, related_name="marks", to=f"interviews.{model}"
    )


class Migration(migrations.Migration):
    dependencies = [("interviews", "0043_consents_given_before")]

    operations = [
        migrations.RemoveConstraint(model_name="mark", name="mark_agrees_or_has_a_reason"),
        migrations.RemoveIndex(model_name="mark", name="newest_marks"),
        migrations.RunSQL(FREE, FINAL.format(column="submission_id")),
        migrations.AddField("mark", "session", link("session", null=True)),
        migrations.RunSQL(TO_SESSIONS, migrations.RunSQL.noop),
        migrations.AlterField("mark", "session", link("session", null=False)),
        migrations.AlterField("mark", "submission", link("submission", null=True)),
        migrations.RunSQL(migrations.RunSQL.noop, TO_SUBMISSIONS),
        migrations.RemoveField(model_name="mark", name="submission"),
        migrations.RunSQL(FINAL.format(column="session_id"), FREE),
        migrations.AddIndex(
            model_name="mark", index=models.Index(fields=["session", "item", "-at"], name="newest_marks")
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(
                name="mark_agrees_or_has_a_reason",
                condition=~Q(reason="")
                | Q(automatic_level__isnull=False, level=F("automatic_level"))
                | (Q(automatic_level=None) & ~Q(item="")),
            ),
        ),
    ]
