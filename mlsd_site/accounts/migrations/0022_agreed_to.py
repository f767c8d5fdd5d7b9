"""Which version of the terms somebody agreed to last stands in their own row."""

from django.db import migrations, models


NEWEST = """
    UPDATE accounts_user SET agreed_to = newest.version
    FROM (SELECT DISTINCT ON (user_id) user_id, version FROM accounts_agreement ORDER BY user_id, at DESC, id DESC) newest
    WHERE accounts_user.id = newest.user_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0021_archives'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='agreed_to',
            field=models.CharField(blank=True, db_default='', default='', editable=False, help_text='The version of the terms agreed to last, so that no page has to look for the Agreement.', max_length=40),
        ),
        migrations.RunSQL(NEWEST, migrations.RunSQL.noop),
    ]
