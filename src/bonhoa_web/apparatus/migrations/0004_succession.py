"""Who followed whom becomes a recorded row; what the columns of units say becomes dated rows."""

import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

ROWS = (
    ("unitlife", "level, kind", "level, kind", "1 = 1"),
    ("unitname", "language, name, short_name, folded", "'vi', name, short_name, folded", "1 = 1"),
    ("unitcode", "scheme, code", "'statistics', official_code", "official_code <> ''"),
    ("unitparent", "relation, parent_id", "'line', parent_id", "parent_id IS NOT NULL"),
)


def date_what_is_stored(apps, schema_editor):
    """Units stored before had one name, parent and code for their whole life."""
    for table, columns, values, which in ROWS:
        schema_editor.execute(
            f"""INSERT INTO apparatus_{table} (unit_id, {columns}, valid_from, valid_to, act, provision, recorded_at)
                SELECT id, {values}, valid_from, valid_to, '', '', CURRENT_TIMESTAMP
                FROM apparatus_unit WHERE {which}"""
        )


class Migration(migrations.Migration):

    dependencies = [
        ('apparatus', '0003_dated'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(date_what_is_stored, migrations.RunPython.noop),
        # made anew rather than altered nine times, each of which would build the state of every room
        migrations.RunSQL('CREATE TABLE apparatus_succession_old AS SELECT * FROM apparatus_succession'),
        migrations.DeleteModel(name='Succession'),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(blank=True, help_text='số, ký hiệu hoặc tên văn bản', max_length=255, verbose_name='căn cứ')),
                ('provision', models.TextField(blank=True, help_text='nơi trong văn bản, hoặc nguyên văn', verbose_name='điều khoản')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='ghi lúc')),
                ('superseded_at', models.DateTimeField(editable=False, null=True, verbose_name='thôi tính từ')),
                ('on', models.DateField(verbose_name='ngày')),
                ('whole', models.BooleanField(null=True, verbose_name='toàn bộ')),
                ('event', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='apparatus.changeevent')),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='apparatus.succession')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='apparatus.unit')),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precessions', to='apparatus.unit')),
            ],
            options={
                'abstract': False,
                'base_manager_name': 'everything',
                'indexes': [models.Index(condition=models.Q(('event__isnull', False)), fields=['event'], name='succession_of_event')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('old', 'new', 'on'), name='succession_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunSQL("""INSERT INTO apparatus_succession (old_id, new_id, "on", act, provision, recorded_at)
            SELECT old_id, new_id, "on", basis, '', CURRENT_TIMESTAMP FROM apparatus_succession_old"""),
        migrations.RunSQL('DROP TABLE apparatus_succession_old'),
    ]
