"""The functions row security asks (行级权限); how to use them: `registry.row_security`.

Frozen with the migration. The lists of roles repeat `rules.WHOLE_BODY`, `OVERSEEING` and `STAFF`; a test
compares the answers of both.
"""

# One day's appointments of whoever acts.
_HELD = """
        SELECT a.{column} FROM registry_appointment a
        WHERE a.person_id = zhifa_actor() AND a.valid_from <= zhifa_today()
          AND (a.valid_until IS NULL OR a.valid_until >= zhifa_today())
          AND a.role IN ({roles})"""

_WHOLE_BODY = _HELD.format(
    column="body_id",
    roles="'agency_head', 'case_reviewer', 'hearing_host', 'hearing_clerk', 'legal_reviewer',"
    " 'disclosure_editor', 'disclosure_reviewer', 'disclosure_publisher', 'archivist', 'leader'",
)
_OVERSEEING = _HELD.format(column="body_id", roles="'supervisor', 'leader'")
_OWN = _HELD.format(column="body_id", roles="'case_handler'")
_STAFF = _HELD.format(
    column="body_id",
    roles="'case_handler', 'handling_unit_head', 'agency_head', 'case_reviewer', 'hearing_host',"
    " 'hearing_clerk', 'legal_reviewer', 'disclosure_editor', 'disclosure_reviewer',"
    " 'disclosure_publisher', 'archivist', 'supervisor', 'leader'",
)
_UNITS = _HELD.format(column="unit_id", roles="'handling_unit_head'")

_HEAD = """LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp"""


def _bodies(name: str, direct: str) -> str:
    """Return a function that answers with bodies and all they followed; with every body to logins
    that see everything."""
    return f"""
CREATE FUNCTION {name}() RETURNS uuid[] {_HEAD} AS $$
BEGIN
    IF zhifa_sees_all() THEN
        RETURN ARRAY(SELECT id FROM registry_body);
    END IF;
    RETURN zhifa_lineage(ARRAY({direct}), zhifa_today());
END $$;
"""  # noqa: S608  (made of the constants above)


FUNCTIONS = f"""
CREATE FUNCTION zhifa_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('zhifa.actor', true), '')::uuid;

CREATE FUNCTION zhifa_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(nullif(current_setting('zhifa.today', true), '')::date,
                (now() AT TIME ZONE 'Asia/Shanghai')::date);

CREATE FUNCTION zhifa_sees_all() RETURNS boolean {_HEAD} AS $$
BEGIN
    RETURN EXISTS (SELECT FROM accounts_login_kind
                   WHERE login = session_user AND kind IN ('worker', 'owner', 'auditor'));
END $$;

CREATE FUNCTION zhifa_lineage(bodies uuid[], day date) RETURNS uuid[] {_HEAD} AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM registry_succession s
                   WHERE s.successor_id = ANY(bodies) AND s."on" <= day) THEN
        RETURN bodies;
    END IF;
    RETURN ARRAY(
        WITH RECURSIVE past(id) AS (
            SELECT unnest(bodies)
            UNION
            SELECT s.predecessor_id
            FROM registry_succession s JOIN past p ON s.successor_id = p.id
            WHERE s."on" <= day)
        SELECT id FROM past);
END $$;
{
    _bodies(
        "zhifa_case_bodies",
        f'''{_WHOLE_BODY}
        UNION
        SELECT b.id FROM registry_body b WHERE b.supervised_by_id IN ({_OVERSEEING})''',
    )
}{_bodies("zhifa_own_bodies", _OWN)}{_bodies("zhifa_member_bodies", _STAFF)}
CREATE FUNCTION zhifa_case_units() RETURNS uuid[] {_HEAD} AS $$
BEGIN
    RETURN ARRAY({_UNITS});
END $$;

CREATE FUNCTION zhifa_body_visible(body uuid) RETURNS boolean LANGUAGE sql STABLE
RETURN body = ANY(zhifa_member_bodies()) OR body = ANY(zhifa_case_bodies());

CREATE FUNCTION zhifa_case_visible(body uuid, unit uuid, handlers uuid[]) RETURNS boolean
LANGUAGE sql STABLE
RETURN body = ANY(zhifa_case_bodies())
    OR coalesce(unit = ANY(zhifa_case_units()), false)
    OR coalesce(zhifa_actor() = ANY(handlers) AND body = ANY(zhifa_own_bodies()), false);
"""  # noqa: S608  (made of the constants above)

DROPPED = """
DROP FUNCTION zhifa_case_visible(uuid, uuid, uuid[]);
DROP FUNCTION zhifa_body_visible(uuid);
DROP FUNCTION zhifa_case_units();
DROP FUNCTION zhifa_member_bodies();
DROP FUNCTION zhifa_own_bodies();
DROP FUNCTION zhifa_case_bodies();
DROP FUNCTION zhifa_lineage(uuid[], date);
DROP FUNCTION zhifa_sees_all();
DROP FUNCTION zhifa_today();
DROP FUNCTION zhifa_actor();
"""
