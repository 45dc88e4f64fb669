"""The paper of a decision exists only beside the decision itself, once, with its text (决定书须有决定).

APL art. 58: what the gate has not let through is not printed and sealed either, whoever inserts the row.
The documents room cannot say it, it knows no cases.
"""

from django.db import migrations

_MADE = """
CREATE FUNCTION zhifa_decision_stands_behind() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM cases_decision
        WHERE case_id = NEW.subject AND draft_sha256 = NEW.draft_sha256
          AND (outcome = 'penalty') = (NEW.type_key = 'penalty_decision')
    ) THEN
        RAISE EXCEPTION 'gate.paper_without_decision' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM documents_document
        WHERE subject = NEW.subject AND type_key IN ('penalty_decision', 'no_penalty_decision')
    ) THEN
        RAISE EXCEPTION 'gate.second_decision_paper' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_stands_behind BEFORE INSERT ON documents_document
FOR EACH ROW WHEN (NEW.type_key IN ('penalty_decision', 'no_penalty_decision'))
EXECUTE FUNCTION zhifa_decision_stands_behind();
"""
_UNDONE = """
DROP TRIGGER decision_stands_behind ON documents_document;
DROP FUNCTION zhifa_decision_stands_behind();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_corrections_are_asked_for"),
        ("documents", "0002_start_may_be_put_right"),
    ]

    operations = [migrations.RunSQL(_MADE, _UNDONE)]
