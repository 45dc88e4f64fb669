"""What a body carries on is what ended before it (机关承继): a body that lives on keeps its own cases.

After a split where the old body goes on beside the new one (派生分立) whoever worked in the new body saw the
cases of the old. And a loop instead of a recursive query, which cost four times as much: row security asks
often (decision 0013).
"""

from django.db import migrations

_HEAD = """
CREATE OR REPLACE FUNCTION zhifa_lineage(bodies uuid[], day date) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
"""
_OF_ENDED = """
DECLARE
    found uuid[] := bodies;
    earlier uuid[];
BEGIN
    LOOP
        earlier := ARRAY(SELECT DISTINCT s.predecessor_id
                         FROM registry_succession s JOIN registry_body b ON b.id = s.predecessor_id
                         WHERE s.successor_id = ANY(found) AND s."on" <= day
                           AND b.valid_until < day AND s.predecessor_id <> ALL(found));
        EXIT WHEN earlier = '{}';
        found := found || earlier;
    END LOOP;
    RETURN found;
END $$;
"""
_OF_ALL = """
BEGIN
    RETURN ARRAY(
        WITH RECURSIVE past(id) AS (
            SELECT unnest(bodies)
            UNION
            SELECT s.predecessor_id
            FROM registry_succession s JOIN past p ON s.successor_id = p.id
            WHERE s."on" <= day)
        SELECT id FROM past);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_import_runs")]

    operations = [migrations.RunSQL(_HEAD + _OF_ENDED, _HEAD + _OF_ALL)]
