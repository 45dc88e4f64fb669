"""Before its first number, the start of a series may be put right (起始号)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0001_documents'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='numberseries',
            name='gapless',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='numberseries',
            trigger=pgtrigger.compiler.Trigger(name='gapless', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.body_id <> OLD.body_id OR NEW.word <> OLD.word OR NEW.year <> OLD.year OR (NEW.last <> OLD.last + 1 OR NEW.first <> OLD.first) AND (OLD.last <> OLD.first - 1 OR NEW.last <> NEW.first - 1))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7661b09637386db4efca00583115f1f081b11a9e', operation='UPDATE', pgid='pgtrigger_gapless_18dd3', table='documents_numberseries', when='BEFORE')),
        ),
    ]
