"""A submission is a snapshot, and the events are a log: Postgres refuses to change either."""

from django.db import migrations

FORBID = """
CREATE FUNCTION interviews_row_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never change once written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER submission_is_final BEFORE UPDATE ON interviews_submission
  FOR EACH ROW EXECUTE FUNCTION interviews_row_is_final();
CREATE TRIGGER event_is_final BEFORE UPDATE OF at, kind, data, session_id ON interviews_event
  FOR EACH ROW EXECUTE FUNCTION interviews_row_is_final();
CREATE TRIGGER private_event_is_final BEFORE UPDATE OF at, kind, data, session_id ON interviews_privateevent
  FOR EACH ROW EXECUTE FUNCTION interviews_row_is_final();
"""
ALLOW = """
DROP TRIGGER private_event_is_final ON interviews_privateevent;
DROP TRIGGER event_is_final ON interviews_event;
DROP TRIGGER submission_is_final ON interviews_submission;
DROP FUNCTION interviews_row_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
