"""Who may open which address of the workbench (谁能打开哪个页面): the table the access test goes by.

Written down beside the code, not derived from it. An address that stands in no line fails the test.
"""

from dataclasses import dataclass, field

# Everybody of one city, by what they are (`world.World.people`).
SEES_CASE = frozenset(
    {
        "handlers", "unit_head", "agency_heads", "case_reviewer", "legal_reviewer", "hearing_host",
        "hearing_clerk", "editor", "reviewer", "publisher", "archivist", "leader", "supervisor",
        "office_leader",
    }
)  # fmt: skip
NO_CASE = frozenset(
    {
        "stranger", "other_unit_head", "past_head", "administrator", "security_administrator",
        "audit_administrator",
    }
)  # fmt: skip
EVERYBODY = SEES_CASE | NO_CASE
ADMINISTRATORS = frozenset({"administrator", "security_administrator", "audit_administrator"})
OVERSEE = frozenset({"supervisor", "leader", "office_leader"})
# Works in the agency, and so writes its list of powers.
STAFF = EVERYBODY - ADMINISTRATORS - OVERSEE - {"past_head"}
# Publications are for whoever sees every case of the body, and for the head of the unit.
SEES_PUBLICATION = SEES_CASE - {"handlers"}
# Knows the affairs of the agency that are not public.
SEES_BODY = (STAFF | OVERSEE) - {"past_head"}
KEEPS_CARDS = frozenset({"administrator", "supervisor"})


@dataclass(frozen=True, slots=True)
class Page:
    """What one address answers.

    name    of the route
    sees    who finds the thing at all; everybody else of the same city gets 404
    may     of these, who may do it; the others get 403
    abroad  what the people of another city get: 404, 403 where the thing itself is public, 200 if it
            is for everybody; `abroad_post` where sending differs
    given   objects of the city that stand for those the route names
    """

    name: str
    sees: frozenset[str] = EVERYBODY
    may: frozenset[str] = EVERYBODY
    abroad: int = 404
    abroad_post: int | None = None
    given: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return " ".join((self.name, *self.given.values()))


def _one(*names: str) -> frozenset[str]:
    return frozenset(names)


_CASE = {"sees": SEES_CASE}
_OPEN = {"abroad": 200}
_KEPT = {"may": _one("administrator"), "abroad": 403}
_JUDGED = {"may": _one("supervisor"), "abroad": 403}
_WRITTEN = {"may": STAFF, "abroad": 403}
_DRAFT = {"item_id": "draft_item"}
_PROOF = {"item_id": "evidence_id"}
# The list of people is one for all cities of an installation: whoever is appointed may work in another
# body already. What is done about them is judged by the body it is done in.
_PERSON = {"may": ADMINISTRATORS, "abroad": 200}
_CARD = {"may": KEEPS_CARDS, "abroad": 200}
_SIGN_IN = {"may": _one("administrator"), "abroad": 403}
_TURN = {"sees": SEES_PUBLICATION}

PAGES = (
    Page("site:work_list", **_OPEN),
    Page("site:work_list_export", **_OPEN),
    Page("site:me", **_OPEN),
    Page("site:administration", may=_one("audit_administrator"), abroad=200),
    Page("site:administration_export", may=_one("audit_administrator"), abroad=200),
    Page("accounts:password", **_OPEN),
    Page("cases:search", **_OPEN),
    Page("cases:list", **_OPEN),
    Page("cases:export", **_OPEN),
    Page("cases:new", may=_one("handlers", "stranger"), abroad=200),
    Page("cases:items", sees=_one("handlers", "stranger"), abroad=200),
    Page(
        "cases:reassign_work", may=_one("unit_head", "other_unit_head", "agency_heads"), abroad=200
    ),
    Page("cases:go_on", sees=_one("agency_heads")),
    Page("cases:numbers", **_KEPT),
    Page("cases:detail", **_CASE),
    Page("cases:term", **_CASE),
    Page("cases:step", **_CASE),
    Page("cases:check", **_CASE),
    Page("cases:preview", **_CASE),
    Page("cases:correct", **_CASE),
    Page("cases:answer_correction", **_CASE),
    Page("cases:sign_paper", **_CASE),
    Page("cases:correct_paper", **_CASE, given={"document_id": "decision"}),
    Page("cases:serve_notice", **_CASE, given={"document_id": "notice"}),
    Page("cases:evidence", **_CASE, given=_PROOF),
    Page("cases:note_custody", sees=SEES_CASE, may=SEES_CASE - OVERSEE, given=_PROOF),
    Page(
        "cases:exclude_evidence",
        sees=SEES_CASE,
        may=_one("handlers", "unit_head", "agency_heads"),
        given=_PROOF,
    ),
    Page("cases:opinion", sees=_one("legal_reviewer"), given={"case_id": "reviewed_case"}),
    Page("review:queue", **_OPEN),
    Page("documents:listing", **_CASE),
    Page("documents:show", **_CASE),
    Page("documents:file", **_CASE, given={"document_id": "decision"}),
    Page("evidence:file", **_CASE, given=_PROOF),
    Page("registry:home", **_OPEN),
    Page("registry:bodies", **_OPEN),
    Page("registry:body", **_OPEN),
    Page("registry:officers", **_OPEN),
    Page("registry:officers_expiring", **_OPEN),
    Page("registry:matrix", **_OPEN),
    Page("registry:set_matrix", may=_one("supervisor"), abroad=200),
    Page("registry:settings", **_OPEN),
    Page("registry:setting", **_OPEN),
    Page("registry:holidays", **_OPEN),
    Page("registry:template", **_OPEN),
    Page("registry:export", **_OPEN),
    Page("registry:export", may=KEEPS_CARDS, abroad=200, given={"kind": "officers"}),
    Page("registry:new_body", may=_one("administrator"), abroad=200),
    Page("registry:contact", **_KEPT),
    Page("registry:follow_on", **_KEPT),
    Page("registry:merge", **_KEPT),
    Page("registry:split", **_KEPT),
    Page("registry:add_unit", **_KEPT),
    Page("registry:end_unit", **_KEPT),
    Page("registry:add_deed", **_KEPT),
    Page("registry:publish_deed", **_KEPT),
    Page("registry:end_deed", **_KEPT),
    Page("registry:confirm_capacity", **_JUDGED),
    Page("registry:items", **_OPEN),
    Page("registry:items_of", **_OPEN),
    Page("registry:items_of", **_OPEN, given={"state": "draft"}),
    Page("registry:item", **_OPEN),
    Page("registry:item", sees=SEES_BODY, given=_DRAFT),
    Page("registry:new_item", **_WRITTEN),
    Page("registry:edit_item", **_WRITTEN),
    Page("registry:edit_item", sees=SEES_BODY, may=STAFF, given=_DRAFT),
    Page("registry:submit_item", **_WRITTEN),
    Page("registry:submit_item", sees=SEES_BODY, may=STAFF, given=_DRAFT),
    Page("registry:approve_item", **_JUDGED),
    Page("registry:approve_item", sees=SEES_BODY, may=_one("supervisor"), given=_DRAFT),
    Page("registry:return_item", **_JUDGED),
    Page("registry:end_item", **_JUDGED),
    Page("registry:choose_setting", may=_one("supervisor"), abroad=200),
    Page("registry:imports", **_OPEN),
    Page("registry:import", sees=_one("administrator")),
    Page("registry:confirm_import", sees=_one("administrator")),
    Page("registry:give_up_import", sees=_one("administrator")),
    Page("registry:import_report", sees=_one("administrator")),
    Page("registry:people", may=ADMINISTRATORS, abroad=200),
    Page("registry:new_person", may=_one("administrator"), abroad=200),
    Page("registry:person", **_PERSON),
    Page("registry:reset_password", **_SIGN_IN),
    Page("registry:new_password", may=_one("administrator"), abroad=200),
    Page("registry:remove_second_factor", may=_one("security_administrator"), abroad=403),
    Page("registry:deactivate", **_SIGN_IN),
    Page("registry:activate", **_SIGN_IN),
    Page("registry:appoint", may=_one("administrator"), abroad=200),
    Page("registry:end_appointment", may=_one("administrator"), abroad=200),
    Page("registry:qualify", **_CARD, abroad_post=403),
    Page("registry:issue_certificate", **_CARD),
    Page("registry:renew_certificate", **_CARD),
    Page("registry:suspend_certificate", **_CARD),
    Page("registry:lift_suspension", **_CARD),
    Page("registry:revoke_certificate", **_CARD),
    Page("disclosure:queue", **_OPEN),
    Page("disclosure:begin", sees=SEES_CASE, may=_one("editor")),
    Page("disclosure:records", sees=_one("publisher")),
    Page("disclosure:policy", sees=SEES_BODY),
    Page("disclosure:publication", **_TURN),
    Page("disclosure:mask", **_TURN),
    Page("disclosure:turn", **_TURN),
    Page("disclosure:withdraw", **_TURN),
    Page("disclosure:document", **_TURN),
)
