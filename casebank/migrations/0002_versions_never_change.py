"""A published version never changes (invariant of the case bank): Postgres refuses the UPDATE."""

from django.db import migrations

FORBID = """
CREATE FUNCTION casebank_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'case version % is published and never changes; publish a new one', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER version_is_final BEFORE UPDATE ON casebank_caseversion
  FOR EACH ROW EXECUTE FUNCTION casebank_version_is_final();
"""
ALLOW = """
DROP TRIGGER version_is_final ON casebank_caseversion;
DROP FUNCTION casebank_version_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("casebank", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
