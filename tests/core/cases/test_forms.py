"""What is typed into a step's form becomes the data class of its action, or is said to be wrong."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from zhifa.cases.forms import FORMS, OWN_PAGES, form_class
from zhifa.cases.forms.base import StepForm
from zhifa.cases.forms.drafting import evidence_key
from zhifa.cases.known import Known, KnownItem, KnownPerson, KnownTerm
from zhifa.law.identifiers import id_check
from zhifa.procedures import actions as a
from zhifa.procedures.facts import Facts, Hearing, Notice
from zhifa.procedures.values import (
    DecisionDraft,
    EvidenceRef,
    GateQuestion,
    LinkKind,
    Outcome,
    Party,
    PartyKind,
    PenaltyItem,
    PenaltyKind,
    Provision,
    ServiceMethod,
)

TODAY = date(2026, 4, 10)
SHOP = UUID(int=1)
CHILD = UUID(int=2)
LI, HAN, OLD = UUID(int=11), UUID(int=12), UUID(int=13)
PARTY = Party(
    id=SHOP,
    kind=PartyKind.INDIVIDUAL_BUSINESS,
    name="海门区演示好又鲜食品店",
    identifier="92330100MA2XXXXX0K",
    address="海门区演示路1号",
    representative="王演示",
)
EVIDENCE = (
    EvidenceRef(name="照片", source="本机关拍摄", proves="货架情况", pages=2, sha256="a" * 64),
    EvidenceRef(name="票据", source="当事人提供", proves="进货数量", pages=4, sha256="b" * 64),
)
ACT = Provision(act="中华人民共和国食品安全法", article=34, item=10)
BASIS = Provision(act="中华人民共和国食品安全法", article=124, paragraph=1, item=5)
DRAFT = DecisionDraft(
    outcome=Outcome.PENALTY,
    facts_found="经营超过保质期的食品。",
    evidence=EVIDENCE[:1],
    violated=(ACT,),
    basis=(BASIS,),
    discretion_grade="从轻",
    discretion_reasons="初次违法，货值较小。",
    penalties=(PenaltyItem(kind=PenaltyKind.FINE, amount_fen=500_000),),
    reasons="依法应予处罚。",
    template_version="v1",
)
KNOWN = Known(
    today=TODAY,
    facts=Facts(
        state="noticed",
        sequence=7,
        parties=(PARTY,),
        handlers=(LI, HAN),
        draft=DRAFT,
        notices=(Notice(party=SHOP, served_on=TODAY, hearing_right=True),),
        hearing=Hearing(party=SHOP, requested_on=TODAY),
    ),
    officers=(
        KnownPerson(id=LI, name="李演示", note="海执001"),
        KnownPerson(id=HAN, name="韩演示", note="海执002"),
        KnownPerson(id=OLD, name="旧演示", note="海执003", barred="执法证已过期"),
    ),
    hosts=(KnownPerson(id=HAN, name="韩演示"),),
    clerks=(KnownPerson(id=LI, name="李演示"),),
    heads=(KnownPerson(id=LI, name="赵演示", note="局长"),),
    evidence=EVIDENCE,
    preservations=(KnownItem(sequence=4, words="2026-04-01 登记"),),
    testings=(KnownItem(sequence=5, words="2026-04-02 送检"),),
    terms=(
        KnownTerm(key="T01", about="", words="办案期限", at_most=30, unit="日", approver="负责人"),
    ),
    violated=(ACT,),
    basis=(BASIS,),
    template_versions={"penalty_decision": "v1", "no_penalty_decision": "v2"},
)
PROVISION = {
    "act": "《中华人民共和国食品安全法》",
    "article": "34",
    "paragraph": "",
    "item": "10",
    "text": "",
}


def sent(rows: dict[str, list[dict[str, str]]] | None = None, **fields: object) -> QueryDict:
    """Return what a browser would send."""
    data = QueryDict(mutable=True)
    data["seen"], data["happened_on"] = "7", "2026-04-10"
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [str(value)])
    for name, many in (rows or {}).items():
        for row in many:
            for field, text in row.items():
                data.appendlist(f"{name}-{field}", text)
    return data


def bound(data_class: type, action: str, data: QueryDict, known: Known = KNOWN) -> StepForm:
    return form_class(data_class)(data, action=action, known=known)


def errors(form: StepForm) -> dict[str, list[str]]:
    found = {name: list(messages) for name, messages in form.errors.items()}
    for name, rows in form.rows.items():
        for row in rows.filled():
            found |= {f"{name}-{field}": list(messages) for field, messages in row.errors.items()}
        if rows.errors:
            found[name] = rows.errors
    return found


PARTY_ROW = {
    "party_id": "", "kind": "individual_business", "name": "海门区演示好又鲜食品店",
    "identifier": "91320684MA1X0T3B4F", "representative": "王演示", "address": "演示路1号",
    "phone": "", "born_on": "", "guardian": "",
}  # fmt: skip
DRAFT_FIELDS = {
    "outcome": "penalty", "facts_found": "经营超过保质期的食品。", "evidence": [evidence_key(EVIDENCE[0])],
    "discretion_grade": "从轻", "discretion_reasons": "初次违法，货值较小。", "reasons": "依法应予处罚。",
    "defence_answer": "", "order_correction": "",
}  # fmt: skip
DRAFT_ROWS = {
    "violated": [PROVISION],
    "basis": [PROVISION | {"article": "124", "paragraph": "1", "item": "5"}],
    "penalties": [
        {"kind": "fine", "amount_fen": "5,000.00", "detail": ""},
        {"kind": "", "amount_fen": "", "detail": ""},
    ],
}
SPELL = {"place": "店内", "began_at": "10:20", "ended_at": "11:00"}

# action, data class, fields, rows, a look at what is said
STEPS = [
    ("verify", a.Verify, {"findings": "属实", "facts_suspected": "yes"}, {}, lambda d: d.parties == ()),
    ("file", a.File, {"reason": "涉嫌违法", "handlers": [str(LI), str(HAN)]}, {"violated": [PROVISION]},
     lambda d: d.handlers == (LI, HAN) and d.violated == (ACT,)),
    ("suspend", a.Reasoned, {"reason": "等待检验"}, {}, lambda d: d.reason == "等待检验"),
    ("hand_over", a.HandOver, {"recipient": "演示公安局", "reason": "涉嫌犯罪", "suspected_crime": "yes",
     "crime": "销售伪劣产品罪", "copy_to": ""}, {"provisions": [PROVISION | {"act": "中华人民共和国刑法", "article": "140"}]},
     lambda d: d.suspected_crime and d.provisions[0].article == 140),
    ("investigate", a.Investigate, {"plan": ""}, {}, lambda d: d.plan == ""),
    ("inspect_on_site", a.InspectOnSite, {"party": SHOP, **SPELL, "certificate_shown": "on", "rights_told": "on",
     "findings": "货架上有过期食品", "present": "王演示", "witness": "", "recording": "", "remark": "", "refusal": ""}, {},
     lambda d: d.party == SHOP and d.began_at == "10:20" and d.certificate_shown),
    ("interview", a.Interview, {"interviewee": "王演示", "relation": "经营者", **SPELL, "certificate_shown": "on",
     "rights_told": "on", "certificate_answer": "看清楚了。", "recusal_answer": "不申请。"},
     {"questions": [{"question": "何时进货？", "answer": "二月。"}, {"question": "", "answer": ""}]},
     lambda d: d.questions == (a.Question(question="何时进货？", answer="二月。"),)),
    ("collect_evidence", a.CollectEvidence, {"name": "票据", "kind": "documentary", "source": "当事人提供",
     "proves": "数量", "pages": "4"}, {}, lambda d: d.pages == 4 and d.evidence is None),
    ("register_preservation", a.RegisterPreservation, {"party": SHOP, "place": "店内", "reason": "可能灭失",
     "keeper": "", "conditions": ""}, {"items": [{"name": "牛肉", "quantity": "11袋", "specification": "250克",
     "producer": "", "batch": "", "note": ""}]}, lambda d: d.items[0].quantity == "11袋"),
    ("dispose_preservation", a.DisposePreservation, {"preservation": "4", "disposal": "release", "reason": "已取样"},
     {}, lambda d: d.preservation == 4),
    ("send_for_testing", a.SendForTesting, {"subject": "牛肉", "institution": "演示检验院", "purpose": "检验"}, {},
     lambda d: d.institution == "演示检验院"),
    ("receive_result", a.ReceiveResult, {"testing": "5", "result": "不合格"}, {}, lambda d: d.testing == 5),
    ("answer_gate", a.AnswerGate, {"question": "complex", "yes": "no", "reason": "事实清楚"}, {},
     lambda d: d.question is GateQuestion.COMPLEX and d.yes is False),
    ("report", a.Report, {**DRAFT_FIELDS, "course": "检查、询问"}, DRAFT_ROWS, lambda d: d.draft == DRAFT),
    ("revise_draft", a.ReviseDraft, {**DRAFT_FIELDS, "reason": "更正"}, DRAFT_ROWS,
     lambda d: d.draft.digest == DRAFT.digest),
    ("pass_case_review", a.CaseReview, {"text": "同意"}, {}, lambda d: d.text == "同意"),
    ("notify", a.ServeParty, {"party": SHOP, "method": "direct", "receiver": "王演示", "relation": "",
     "place": "店内", "time": "10:00", "witness": "", "note": ""}, {}, lambda d: d.method is ServiceMethod.DIRECT),
    ("record_defence", a.RecordDefence, {"party": SHOP, "speaker": "", "capacity": "", "place": "", "began_at": "",
     "ended_at": "", "text": "愿意改正", "reexamination": "属实", "accepted": "yes"}, {}, lambda d: d.accepted),
    ("waive_defence", a.WaiveDefence, {"party": SHOP, "statement": "放弃"}, {}, lambda d: d.statement == "放弃"),
    ("request_hearing", a.RequestHearing, {"party": SHOP, "statement": "要求听证"}, {}, lambda d: d.party == SHOP),
    ("appoint_host", a.AppointHost, {"host": HAN, "clerk": LI}, {}, lambda d: (d.host, d.clerk) == (HAN, LI)),
    ("hand_papers_to_host", a.HandPapers, {"note": ""}, {}, lambda d: d.note == ""),
    ("fix_hearing_day", a.FixHearingDay, {"hearing_on": "2026-05-08", "begins_at": "09:00", "place": "会议室",
     "public": "yes", "closed_reason": ""}, {}, lambda d: d.hearing_on == date(2026, 5, 8) and d.public),
    ("notify_hearing", a.ServeParty, {"party": SHOP, "method": "mail", "receiver": "王演示", "relation": "",
     "place": "", "time": "", "witness": "", "note": ""}, {}, lambda d: d.time == ""),
    ("announce_hearing", a.Announce, {"medium": "网站", "text": "公告"}, {}, lambda d: d.medium == "网站"),
    ("open_hearing", a.OpenHearing, {"present": "王演示"}, {}, lambda d: d.present == "王演示"),
    ("close_hearing", a.CloseHearing, {"record": "主持人：开始", "began_at": "09:00", "ended_at": "10:00"}, {},
     lambda d: d.ended_at == "10:00"),
    ("report_hearing", a.ReportHearing, {"report": "情况", "advice": "建议", "investigators_view": "",
     "party_view": ""}, {}, lambda d: d.advice == "建议"),
    ("end_hearing", a.EndHearing, {"no_show": "no", "reason": "撤回"}, {}, lambda d: d.no_show is False),
    ("submit_review", a.SubmitReview, {"note": ""}, {}, lambda d: d.note == ""),
    ("discuss", a.Discuss, {"place": "会议室", "began_at": "09:00", "ended_at": "10:00", "chair": "", "absent": "",
     "conclusion": "同意"}, {"votes": [{"person": "赵演示", "post": "局长", "agrees": "yes", "opinion": "同意"},
     {"person": "钱演示", "post": "副局长", "agrees": "no", "opinion": "过重"},
     {"person": "孙演示", "post": "", "agrees": "", "opinion": ""}]},
     lambda d: [vote.agrees for vote in d.votes] == [True, False]),
    ("decide", a.Decide, {"outcome": "penalty", "remark": ""}, {}, lambda d: d.outcome is Outcome.PENALTY),
    ("extend_term", a.ExtendTerm, {"which": "T01|", "count": "30", "reason": "复杂"}, {},
     lambda d: (d.term, d.about, d.count) == ("T01", "", 30)),
    ("record_payment", a.RecordPayment, {"party": SHOP, "amount_fen": "5,000", "receipt_number": "1",
     "complete": "yes"}, {}, lambda d: d.amount_fen == 500_000),
    ("perform", a.Perform, {"party": SHOP, "what": "已停业", "complete": "yes"}, {}, lambda d: not d.by_court),
    ("record_publication", a.Publish, {"reference": ""}, {}, lambda d: d.reference == ""),
    ("grant_instalments", a.Instalment, {"party": SHOP, "until": "2026-09-01", "reason": "困难"}, {},
     lambda d: d.until == date(2026, 9, 1)),
    ("record_reconsideration", a.Remedy, {"party": SHOP, "authority": "演示市政府", "note": "维持", "concluded": "on"},
     {}, lambda d: d.concluded),
    ("link_case", a.LinkCase, {"kind": "coercive_measure", "reference": "海市监强〔2026〕1号", "authority": "本机关",
     "note": ""}, {}, lambda d: d.kind is LinkKind.COERCIVE_MEASURE),
    ("collect_evidence", a.CollectEvidence, {"name": "抓拍", "kind": "electronic_data", "source": "监控设备",
     "proves": "时间", "pages": "1", "device": "探头1号", "record_audited": "on"}, {},
     lambda d: d.monitor.device == "探头1号" and d.monitor.record_audited and not d.monitor.published),
    ("record_suit", a.Remedy, {"party": SHOP, "authority": "演示法院", "note": "已受理"}, {}, lambda d: not d.annulled),
    ("close", a.Close, {"event": "执行完毕", "summary": "已缴清"}, {}, lambda d: d.event == "执行完毕"),
    ("archive", a.Archive, {"volume": "2026-1", "pages": "80"}, {}, lambda d: d.pages == 80),
    ("reassign", a.Reassign, {"handlers": [str(LI), str(HAN)], "reason": "调动"}, {}, lambda d: len(d.handlers) == 2),
    ("decide_recusal", a.DecideRecusal, {"officer": LI, "reason": "亲属", "granted": "yes"}, {}, lambda d: d.granted),
]  # fmt: skip


@pytest.mark.parametrize(
    ("action", "kind", "fields", "rows", "holds"), STEPS, ids=[step[0] for step in STEPS]
)
def test_what_is_typed_becomes_the_data_of_the_step(action, kind, fields, rows, holds):
    form = bound(kind, action, sent(rows, **fields))

    assert form.is_valid(), errors(form)
    said = form.said()
    assert type(said) is kind
    assert holds(said)


def test_every_data_class_of_the_procedure_has_a_form_or_a_page_of_its_own():
    classes = set(a.Data.__args__)
    assert set(FORMS) | set(OWN_PAGES) == classes
    assert {kind for _, kind, *_ in STEPS} | {a.RegisterClue} == set(FORMS)


def test_the_clue_gets_a_name_from_party_and_item_if_none_is_given():
    fields = {
        "seen": "0", "case_id": UUID(int=99), "power_item": "", "source": "inspection", "title": "",
        "summary": "检查发现", "place": "演示路1号", "discovered_on": "2026-04-10", "offence_ended_on": "",
    }  # fmt: skip
    form = bound(a.RegisterClue, "register_clue", sent({"parties": [PARTY_ROW]}, **fields))

    assert errors(form) == {"parties-identifier": errors(form)["parties-identifier"]}
    right = PARTY_ROW | {"identifier": ""}
    form = bound(a.RegisterClue, "register_clue", sent({"parties": [right]}, **fields))
    assert form.is_valid(), errors(form)
    said = form.said_of("经营超过保质期的食品")
    assert said.title == "海门区演示好又鲜食品店涉嫌经营超过保质期的食品案"
    assert said.parties[0].representative == "王演示"


def test_a_clue_names_no_day_after_the_one_on_which_it_is_registered():
    fields = {
        "seen": "0", "case_id": UUID(int=99), "power_item": "", "source": "inspection", "title": "",
        "summary": "检查发现", "place": "演示路1号", "happened_on": "2026-04-08",
        "discovered_on": "2026-04-09", "offence_ended_on": "2026-04-09",
    }  # fmt: skip
    right = PARTY_ROW | {"identifier": ""}
    found = errors(bound(a.RegisterClue, "register_clue", sent({"parties": [right]}, **fields)))

    assert found.keys() == {"discovered_on", "offence_ended_on"}
    assert "不能晚于登记日期" in str(found["discovered_on"])
    assert "请留空" in str(found["offence_ended_on"])


PERSON = PARTY_ROW | {"kind": "person", "name": "张演示", "representative": ""}


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        pytest.param({"identifier": "9232068"}, "identifier", "18位", id="code too short"),
        pytest.param({"identifier": "11010519491231002X"}, "identifier", "这是身份证号", id="a person's number"),
        pytest.param({"representative": ""}, "representative", "经营者", id="no operator"),
        pytest.param({"name": "甲\u202e乙"}, "name", "不能印制", id="turned writing"),
        pytest.param(PERSON | {"identifier": "110105194912310021"}, "identifier", "只差一处", id="near miss"),
        pytest.param(PERSON | {"identifier": "11010520201231002" + id_check("11010520201231002")}, "guardian", "监护人", id="minor alone"),
        pytest.param(PERSON | {"identifier": "11010519491231002X", "born_on": "1950-01-01"}, "born_on",
                     "不一致", id="two birth dates"),
        pytest.param(PERSON | {"identifier": "", "born_on": "2026-05-01"}, "born_on", "不能晚于今天", id="unborn"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_party_is_said_beside_the_field(row, field, words):
    right = PARTY_ROW | {"identifier": ""}
    fields = {"findings": "属实", "facts_suspected": "yes"}
    form = bound(a.Verify, "verify", sent({"parties": [right | row]}, **fields))

    assert not form.is_valid()
    assert words in " ".join(errors(form)[f"parties-{field}"])


@pytest.mark.parametrize("name", ["𬭎演示", "䶮演示"])
def test_rare_characters_are_welcome(name):
    row = PERSON | {"identifier": "", "name": name}
    form = bound(a.Verify, "verify", sent({"parties": [row]}, findings="是", facts_suspected="yes"))

    assert form.is_valid(), errors(form)
    assert form.said().parties[0].name == name


def test_each_penalty_names_whom_of_several_it_is_for():
    person = replace(PARTY, id=uuid4(), name="李演示")
    both = replace(KNOWN, facts=replace(KNOWN.facts, parties=(PARTY, person)))
    row = {"kind": "fine", "amount_fen": "100", "detail": ""}
    rows = DRAFT_ROWS | {"penalties": [row | {"party": str(person.id)}, row | {"party": ""}]}

    def form(known):
        data = sent(rows, **DRAFT_FIELDS, course="x")
        return form_class(a.Report)(data, action="report", known=known)

    assert form(both).is_valid(), errors(form(both))
    (several := form(both)).is_valid()
    assert [one.party for one in several.said().draft.penalties] == [person.id, None]
    drawn = form_class(a.ReviseDraft)(action="revise_draft", known=both).rows["penalties"].forms[0]
    assert [words for _, words in drawn["party"].field.choices] == [
        "全体当事人", PARTY.name, "李演示",
    ]  # fmt: skip
    alone = form(KNOWN)
    assert alone.is_valid()
    assert [one.party for one in alone.said().draft.penalties] == [None, None]


def test_a_party_from_elsewhere_never_keeps_its_id():
    row = PERSON | {"identifier": "", "party_id": str(UUID(int=777))}
    form = bound(a.Verify, "verify", sent({"parties": [row]}, findings="是", facts_suspected="yes"))

    assert form.is_valid()
    assert form.said().parties[0].id != UUID(int=777)


@pytest.mark.parametrize(
    ("kind", "action", "fields", "rows", "field", "words"),
    [
        pytest.param(a.Reasoned, "suspend", {"reason": "x", "happened_on": "2026-04-11"}, {}, "happened_on",
                     "不能晚于今天", id="in the future"),
        pytest.param(a.File, "file", {"reason": "x", "handlers": [str(LI)]}, {}, "handlers", "两名", id="one officer"),
        pytest.param(a.File, "file", {"reason": "x", "handlers": [str(LI), str(OLD)]}, {}, "handlers", "已过期",
                     id="expired certificate"),
        pytest.param(a.RecordPayment, "record_payment", {"party": SHOP, "amount_fen": "5,00", "receipt_number": "1",
                     "complete": "yes"}, {}, "amount_fen", "5,000.00", id="bad amount"),
        pytest.param(a.Report, "report", {**DRAFT_FIELDS, "course": "x"},
                     DRAFT_ROWS | {"penalties": [{"kind": "fine", "amount_fen": "", "detail": ""}]},
                     "penalties-amount_fen", "金额", id="fine without amount"),
        pytest.param(a.Report, "report", {**DRAFT_FIELDS, "course": "x"},
                     DRAFT_ROWS | {"penalties": [{"kind": "order_suspension", "amount_fen": "", "detail": ""}]},
                     "penalties-detail", "期限", id="closure that says nothing"),
        pytest.param(a.Interview, "interview", {"interviewee": "王演示", "relation": "经营者", **SPELL,
                     "certificate_answer": "是", "recusal_answer": "否"}, {"questions": []}, "questions", "至少",
                     id="no question"),
        pytest.param(a.InspectOnSite, "inspect_on_site", {"party": SHOP, **SPELL, "ended_at": "09:00",
                     "findings": "x"}, {}, "ended_at", "早于", id="ends before it begins"),
        pytest.param(a.Decide, "decide", {"outcome": "no_violation"}, {}, "outcome", "", id="another outcome"),
        pytest.param(a.AppointHost, "appoint_host", {"host": OLD, "clerk": LI}, {}, "host", "", id="no host"),
        pytest.param(a.Close, "close", {"event": "甲" * 201, "summary": "x"}, {}, "event", "200", id="overlong"),
        pytest.param(a.FixHearingDay, "fix_hearing_day", {"hearing_on": "2026-02-30", "begins_at": "9",
                     "place": "x", "public": "yes"}, {}, "hearing_on", "", id="no such day"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field(kind, action, fields, rows, field, words):
    form = bound(kind, action, sent(rows, **fields))

    assert not form.is_valid()
    assert words in " ".join(errors(form)[field])


@pytest.mark.parametrize("action", [step[0] for step in STEPS])
def test_every_form_opens_with_what_is_known(action):
    kind = next(kind for name, kind, *_ in STEPS if name == action)
    form = form_class(kind)(action=action, known=KNOWN)

    drawn = [field.bound for section in form.sections for field in section.fields]
    assert "happened_on" in [bound_field.name for bound_field in drawn]
    assert all(str(bound_field) for bound_field in drawn)
    for section in form.sections:
        for row in section.rows.forms if section.rows else ():
            assert all(str(field) for field, _ in row.drawn)


def test_a_revised_draft_starts_from_the_draft_as_it_stands():
    form = form_class(a.ReviseDraft)(action="revise_draft", known=KNOWN)

    assert form["facts_found"].value() == DRAFT.facts_found
    assert form["evidence"].value() == [evidence_key(EVIDENCE[0])]
    assert form.rows["penalties"].forms[0]["amount_fen"].value() == "5,000.00"


def test_what_was_chosen_stays_chosen_when_other_evidence_comes_before_it():
    known = replace(KNOWN, facts=replace(KNOWN.facts, draft=None), evidence=EVIDENCE)
    chosen = dict(form_class(a.Report)(action="report", known=known)["evidence"].field.choices)
    (receipt,) = (key for key, words in chosen.items() if words.startswith("票据"))
    more = EvidenceRef(name="样品", source="抽样", proves="质量", sha256="c" * 64)

    for evidence in ((more, *EVIDENCE), EVIDENCE[1:]):
        known = replace(known, evidence=evidence)
        offered = dict(form_class(a.Report)(action="report", known=known)["evidence"].field.choices)
        assert offered[receipt].startswith("票据")


def test_a_button_adds_a_row_without_a_script_and_keeps_what_was_typed():
    data = sent({"questions": [{"question": "何时？", "answer": ""}]}, add_row="questions")
    form = bound(a.Interview, "interview", data)

    assert [row["question"].value() for row in form.rows["questions"].forms] == ["何时？", None]
