"""What the record says of a case, or of its evidence, is read by whoever sees the case (记录内容的行级权限).

The headers (what, when, by whom, digests) stay open, for the log is checked by them. So do the contents of
other streams: they say of documents no more than number and digest, of the registry what is public.
"""

from django.db import migrations

_SEEN = """
ALTER TABLE journal_body ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON journal_body FOR SELECT USING (
    (SELECT zhifa_sees_all()) OR EXISTS (
        SELECT FROM journal_entry e WHERE e.id = journal_body.entry_id AND CASE
            WHEN e.stream ~ '^case:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN EXISTS (
                SELECT FROM cases_case c WHERE c.id = substr(e.stream, 6)::uuid)
            WHEN e.stream ~ '^evidence:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN EXISTS (
                SELECT FROM evidence_item i WHERE i.id = substr(e.stream, 10)::uuid)
            ELSE true END));
"""
_OPEN = """
DROP POLICY IF EXISTS seen ON journal_body;
ALTER TABLE journal_body DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases"), ("journal", "0001_record")]

    operations = [migrations.RunSQL(_SEEN, _OPEN)]
