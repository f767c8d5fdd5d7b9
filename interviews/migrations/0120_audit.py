"""The audit log: Postgres refuses to change a row, and to delete one before its time."""

from django.db import migrations, models

FORBID = """
CREATE FUNCTION interviews_audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.keep_until <= clock_timestamp() THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'rows of the audit log stay as they are until their time is over'
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON interviews_auditentry
  FOR EACH ROW EXECUTE FUNCTION interviews_audit_stays();
"""
ALLOW = """
DROP TRIGGER audit_entry_stays ON interviews_auditentry;
DROP FUNCTION interviews_audit_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0113_webhooks'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor', models.BigIntegerField(blank=True, null=True)),
                ('subject', models.BigIntegerField(blank=True, null=True)),
                ('verb', models.CharField(max_length=32)),
                ('kind', models.CharField(max_length=12)),
                ('object', models.CharField(blank=True, help_text='The id of the thing, as text.', max_length=64)),
                ('request', models.CharField(blank=True, help_text='As in the log.', max_length=64)),
                ('network', models.CharField(blank=True, max_length=43)),
                ('hour', models.DateTimeField(blank=True, null=True)),
                ('keep_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'audit log',
                'indexes': [models.Index(fields=['actor', '-at'], name='audit_by'), models.Index(fields=['subject', '-at'], name='audit_about'), models.Index(fields=['keep_until'], name='audit_over')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verb__in', ['guide.read', 'private_notes.read', 'marks.read', 'feedback.read', 'report.read', 'replay.read', 'work.read', 'levels.read', 'identity.read', 'link.opened', 'complaint.read', 'data.exported', 'sessions.exported', 'report.exported', 'case.exported', 'case.published', 'case.retired', 'case.restored', 'case.shared', 'case.unshared', 'link.made', 'link.revoked', 'role.given', 'role.taken', 'member.removed', 'watcher.dismissed', 'consent.given', 'consent.withdrawn', 'login.succeeded', 'login.failed', 'login.ended', 'password.changed', 'address.changed', 'factor.added', 'factor.removed', 'factor.reset', 'token.made', 'token.revoked', 'webhook.made', 'webhook.deleted', 'complaint.handled', 'mail.resent', 'account.deleted'])), name='audit_verb_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['account', 'case', 'version', 'session', 'group', 'token', 'webhook', 'factor', 'login', 'complaint', 'mail', 'terms'])), name='audit_kind_is_known'), models.UniqueConstraint(condition=models.Q(('hour__isnull', False)), fields=('hour', 'actor', 'subject', 'verb', 'kind', 'object'), name='one_reading_an_hour', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL(FORBID, ALLOW),
    ]
