"""A case keeps its id, number and procedure (案件不换身份): no copy of it takes its place at the gate."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_open_cases_are_counted'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='identity_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."procedure" IS DISTINCT FROM (NEW."procedure"))', func="RAISE EXCEPTION 'gate.identity_changed' USING ERRCODE = 'check_violation';", hash='25e40ecaf52d6f7c625a5d125e4c47e25b9220d9', operation='UPDATE', pgid='pgtrigger_identity_kept_7865e', table='cases_case', when='BEFORE')),
        ),
    ]
