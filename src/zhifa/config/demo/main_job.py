"""The main job, told step by step (主线演示): one major penalty case through all three systems.

Every line that starts with ✓ was checked; the story stops at the first that does not hold. Each run tells a
new case, so that it can be told again and gives the same result.
"""

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from pypdf import PdfReader

from zhifa import clock
from zhifa.accounts.access import acting
from zhifa.config.demo import jobs, loading, matters, publishing, stories, telling
from zhifa.config.demo.casework import MORNING, Casework, moment, next_working_day
from zhifa.config.demo.checks import Teller
from zhifa.config.demo.city import City, credit_code
from zhifa.config.demo.tampering import one_byte_changed, put_back
from zhifa.config.demo.visiting import Site
from zhifa.documents import selectors as documents
from zhifa.documents.selectors import MadeDocument
from zhifa.journal import selectors as journal
from zhifa.procedures import actions as a
from zhifa.procedures.values import ReviewContent, ReviewOpinion
from zhifa.registry import selectors as registry
from zhifa.registry.rules import ActType

_BEGINS_DAYS_AGO = 98
_HEAD_START = timedelta(days=8)  # for the ordinary case that must be reviewed by then
_PILOT_DAY = date(2017, 6, 1)
_PARTY_NUMBER = 70


@dataclass(slots=True)
class MainJob:
    """The story's persons and places."""

    city: City
    site: Site
    folder: Path  # where the PDF and the receipt are written
    teller: Teller

    def tell(self) -> None:
        """Tell the whole story; raises NotHeld at the first thing that does not hold."""
        now = clock.now()
        put_back(self.folder)
        work = self._work()
        self._registry()
        clock.allow_moving()
        start = next_working_day(clock.today() - timedelta(days=_BEGINS_DAYS_AGO))
        clock.move_to(moment(start, MORNING))
        shop = matters.shop(
            "演示便民小店（演示）", credit_code(_PARTY_NUMBER + 1, kind="92"), "王演示"
        )
        untold = Casework(work.desk, matters.expired_food(shop), self.city.items["food"])
        undone = telling.run(
            [
                (clock.now(), stories.to_case_reviewed(untold)),
                (moment(next_working_day(start + _HEAD_START), MORNING), self._case(work, untold)),
            ],
            until=now,
        )
        self.teller.held("演示案件在今天之前走完全部环节", undone == 0)
        clock.release()
        jobs.run()
        decision = self._document(work)
        self._paper(work, decision)
        self._public(work, decision)
        self._verify(work, decision)

    def _work(self) -> Casework:
        party = matters.company(
            "海门区江海电源科技有限公司（演示）", credit_code(_PARTY_NUMBER, kind="91"), "李演示"
        )
        matter = matters.adulterated_goods(party)
        return Casework(loading.desk(self.city, matter.office), matter, self.city.items["quality"])

    def _registry(self) -> None:
        self.teller.chapter("登记：主体、人员、事项、试点范围")
        today = clock.today()
        bodies = registry.bodies(today)
        market = self.city.bodies["market"]
        officers = registry.officers(market, on=today)
        self.teller.held(
            f"执法主体 {len(bodies)} 个，历史沿革 {len(registry.every_body()) - len(bodies)} 个",
            len(bodies) >= len(self.city.bodies),
        )
        self.teller.held(
            f"市场监管局执法人员 {len(officers)} 名，其中证件有效 "
            f"{sum(one.may_enforce for one in officers)} 名",
            any(one.may_enforce for one in officers),
        )
        items = sum(len(registry.power_items(one.id, on=today)) for one in bodies)
        self.teller.held(
            f"权力事项 {items} 项，要素齐全并经司法局审核", items >= len(self.city.items)
        )
        fees = registry.who_must(ActType.FEE, on=_PILOT_DAY)
        self.teller.held(
            f"2017 年试点范围：须对行政收费开展试点的机关 {len(fees)} 家", len(fees) == 3
        )

    def _case(self, work: Casework, untold: Casework) -> Iterator[datetime]:
        teller = self.teller
        teller.chapter("立案：持证上岗")
        work.open()
        teller.tell(f"{work.number} {work.matter.title}")
        yield work.on_working_day(2)
        work.verify()
        yield work.on_working_day(1)
        lapsed = self.city.expired_officer(work.matter.office)
        with teller.refused("证件过期的人员不能被指派办案", "officer.certificate_invalid"):
            data = a.File(reason="立案", handlers=(work.desk.officers[0], lapsed))
            work.step("file", data, by=work.desk.head)
        work.file()
        teller.held("由两名证件有效的执法人员立案", work.facts.state == "filed")
        teller.chapter("调查取证：全过程记录")
        yield work.on_working_day(1)
        work.investigate()
        work.inspect()
        yield work.on_working_day(2)
        work.interview()
        work.collect()
        yield work.on_working_day(3)
        work.answer_gate()
        work.report()
        teller.held(
            "调查终结；系统按金额判定为重大执法决定",
            work.facts.is_major and work.facts.state == "investigated",
        )
        teller.chapter("告知：没有告知不得作出决定")
        yield work.on_working_day(1)
        with teller.refused("告知之前送法制审核，被拒绝", "notice.not_given"):
            work.submit_review()
        with teller.refused("另一件一般案件：告知之前作出处罚决定，被拒绝", "notice.not_given"):
            untold.decide()
        work.notify()
        yield work.on_working_day(2)
        work.defend()
        work.request_hearing()
        teller.held("当事人陈述申辩并申请听证，已记录", work.facts.hearing is not None)
        yield work.on_working_day(1)
        day = work.prepare_hearing()
        yield moment(day, MORNING)
        work.hold_hearing()
        teller.held("听证在通知七个工作日以后举行", work.facts.hearing_held)
        yield from self._gate(work)

    def _gate(self, work: Casework) -> Iterator[datetime]:
        teller = self.teller
        teller.chapter("法制审核：未经审核或者审核未通过，不得作出决定")
        yield work.day_after("T47", "T04")
        with teller.refused("送审以前作出决定，被拒绝", "review.not_passed"):
            work.decide()
        work.submit_review()
        yield work.on_working_day(1)
        work.opinion(
            ReviewOpinion.CORRECT,
            "没有写明没收物品的处理方式，请补正后再报。",
            ReviewContent.DOCUMENTS,
        )
        work.submit_review()
        yield work.on_working_day(1)
        work.opinion(ReviewOpinion.APPROVE, "事实清楚，程序合法，裁量适当，同意。")
        teller.held(
            "审核通过，绑定草案摘要 " + work.facts.draft_sha256[:16], work.facts.review_pass
        )
        changed = work.draft(reasons="审核通过以后改动一处文字：酌情从轻。")
        work.step(
            "revise_draft",
            a.ReviseDraft(draft=changed, reason="文字修改"),
            by=work.desk.officers[0],
        )
        with teller.refused(
            "审核通过后改动草案，通过即告失效，决定再次被拒绝", "review.not_passed"
        ):
            work.decide()
        work.submit_review()
        yield work.on_working_day(1)
        work.opinion(ReviewOpinion.APPROVE, "已审核修改后的文本，同意。")
        yield work.on_working_day(1)
        work.discuss()
        yield work.on_working_day(1)
        work.decide()
        teller.held("就修改后的文本重新审核、集体讨论后，决定作出", work.facts.decision is not None)
        yield work.on_working_day(1)
        work.serve()
        yield work.on_working_day(1)
        yield from publishing.publish(work, loading.publicity(self.city, work.matter.office))

    def _document(self, work: Casework) -> MadeDocument:
        with acting(work.desk.head, on=clock.today()):
            return next(
                one
                for one in documents.documents_of(work.case_id)
                if one.type_key == "penalty_decision"
            )

    def _paper(self, work: Casework, decision: MadeDocument) -> None:
        teller = self.teller
        teller.chapter("文书：PDF、文号、二维码、演示印章")
        pdf = self.folder / "行政处罚决定书.pdf"
        receipt = self.folder / "行政处罚决定书.receipt.json"
        with acting(work.desk.head, on=clock.today()), documents.file(decision.id) as file:
            pdf.write_bytes(file.read())
        content = journal.receipt(
            decision.sealed_entry or 0, open_body=True, document_sha256=decision.sha256
        )
        teller.held(
            f"{decision.number} 已写入 {pdf}（{decision.pages} 页）", content and decision.pages
        )
        receipt.write_bytes(content or b"")
        keys = [word for key in journal.verifier_keys() for word in ("--key", key)]
        checked = subprocess.run(
            [sys.executable, "-m", "zhifa_verify.cli", str(receipt), *keys, "--document", str(pdf)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        teller.held("zhifa-verify 离线核验回执与 PDF 相符", checked.returncode == 0)

    def _public(self, work: Casework, decision: MadeDocument) -> None:
        teller = self.teller
        teller.chapter("公示：谁都能看、谁都能核")
        path = f"/decisions/{quote(decision.number)}/"
        page = self.site.get(path)
        teller.held(f"不登录即可阅读 {self.site.address}{path}", decision.number in page)
        pdf = self.site.read(path + "document.pdf")
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        text = "".join(text.split())
        party = work.party
        private = (party.phone, party.representative)
        teller.held(
            "公示页面和公开版本中没有当事人的电话、法定代表人姓名",
            not any(value in page or value in text for value in private),
        )
        check = self.site.get(f"/verify/{decision.token}/")
        teller.held("扫描二维码可核对文号和摘要", decision.sha256 in check)

    def _verify(self, work: Casework, decision: MadeDocument) -> None:
        teller = self.teller
        teller.chapter("核对：改动一个字节也会被发现")
        clean = _verify_all()
        if clean.returncode:
            teller.tell((clean.stdout + clean.stderr).strip()[-2000:])
        teller.held("zhifa verify：全部记录与各表、各文件相符", clean.returncode == 0)
        with one_byte_changed(
            decision.id,
            old='"amount_fen":30000000',
            new='"amount_fen":10000000',
            folder=self.folder,
        ):
            found = _verify_all()
        teller.held("在数据库里直接把罚款改掉一个数字，zhifa verify 报错", found.returncode == 1)
        named = next((line for line in found.stdout.splitlines() if decision.number in line), "")
        teller.held(f"并指出是哪一份：{named.strip()}", named)
        teller.held("改回以后重新核对，全部相符", _verify_all().returncode == 0)


def _verify_all() -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "zhifa", "verify"], capture_output=True, text=True, check=False
    )
