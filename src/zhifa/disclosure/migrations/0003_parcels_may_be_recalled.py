"""A parcel that may not be sent any more is recalled; it never gets a receipt (发送前收回)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_record_is_seen_with_its_publication'),
    ]

    operations = [
        migrations.AddField(
            model_name='parcel',
            name='recalled_at',
            field=models.DateTimeField(null=True, verbose_name='收回时间'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='parcel',
            trigger=pgtrigger.compiler.Trigger(name='recalled_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."recalled_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='82088f5b2ff7bf6be2f3a53fe0117822f8b18a72', operation='UPDATE', pgid='pgtrigger_recalled_once_3cbcd', table='disclosure_parcel', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('recalled_at', None), ('received_at', None), _connector='OR'), name='recalled_is_not_received'),
        ),
    ]
