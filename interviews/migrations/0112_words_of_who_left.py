"""What is final stays final, but for one case: whoever deletes their account takes their remarks out of the logs.

`interviews.actions.leaving` says so for its own transaction; nothing else sets this.
"""

from django.db import migrations

ALLOW = """
CREATE OR REPLACE FUNCTION interviews_row_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('twoloops.leaving', true) = 'on' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% never change once written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
FORBID = """
CREATE OR REPLACE FUNCTION interviews_row_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% never change once written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("interviews", "0110_share_links")]
    operations = [migrations.RunSQL(ALLOW, FORBID)]
