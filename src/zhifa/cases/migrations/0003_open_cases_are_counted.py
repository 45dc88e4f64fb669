"""How many cases of a body are open, for who records that it merges or splits (未归档案件计数).

An administrator sees no case, and is told nothing but the number, of the bodies he keeps: as
`registry.services.authority.require_administrator` says, and asked once more here.
"""

from django.db import migrations

_COUNTED = """
CREATE FUNCTION zhifa_open_cases(bodies uuid[]) RETURNS TABLE (body uuid, cases bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.body_id, count(*) FROM cases_case c JOIN registry_body b ON b.id = c.body_id
    WHERE c.body_id = ANY(bodies) AND c.state <> 'archived'
      AND (zhifa_sees_all() OR EXISTS (
          SELECT FROM registry_appointment a
          WHERE a.person_id = zhifa_actor() AND a.role = 'system_administrator'
            AND a.body_id IN (b.id, b.supervised_by_id, b.superior_id)
            AND a.valid_from <= zhifa_today()
            AND (a.valid_until IS NULL OR a.valid_until >= zhifa_today())))
    GROUP BY c.body_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_record_is_seen_with_its_case"),
        ("registry", "0001_registry"),
    ]

    operations = [migrations.RunSQL(_COUNTED, "DROP FUNCTION zhifa_open_cases(uuid[])")]
