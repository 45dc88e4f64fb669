"""What the record says of a publication is read by whoever sees the publication (记录内容的行级权限).

It names case, number and reason; `cases.0002` left it open, for that room does not know publications.
"""

from django.db import migrations

_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def _policy(*seen: tuple[str, str]) -> str:
    """Return the policy: contents of these streams are seen with the row they are about."""
    cases = "".join(
        f" WHEN e.stream ~ '^{stream}:{_UUID}$' THEN EXISTS ("
        f"SELECT FROM {table} t WHERE t.id = substr(e.stream, {len(stream) + 2})::uuid)"
        for stream, table in seen
    )
    return f"""
DROP POLICY seen ON journal_body;
CREATE POLICY seen ON journal_body FOR SELECT USING (
    (SELECT zhifa_sees_all()) OR EXISTS (
        SELECT FROM journal_entry e
        WHERE e.id = journal_body.entry_id AND CASE{cases} ELSE true END));
"""  # noqa: S608  (made of the constants below)


_BEFORE = (("case", "cases_case"), ("evidence", "evidence_item"))
_NOW = (*_BEFORE, ("publication", "disclosure_publication"))


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0001_disclosure"),
        ("cases", "0002_record_is_seen_with_its_case"),
    ]

    operations = [migrations.RunSQL(_policy(*_NOW), _policy(*_BEFORE))]
