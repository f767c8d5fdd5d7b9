"""When the replay of a session was over its time, so that its page can say so."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0120_audit'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='replay_gone_at',
            field=models.DateTimeField(blank=True, help_text='When its replay was over its time and went (RETAIN_REPLAYS).', null=True),
        ),
    ]
