"""Packages as a workbench would send them: a publisher, a small log, and contents that hold."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

import msgspec

from zhifa.portal.intake import FORMAT, signed_text
from zhifa_verify import receipt
from zhifa_verify.canonical import canonical_json
from zhifa_verify.checkpoint import Checkpoint, Proof
from zhifa_verify.entry import Header, commitment
from zhifa_verify.note import Signer, sign
from zhifa_verify.tree import complete_nodes, complete_root, fold, inclusion_proof, leaf_hash

PUBLISHER = Signer.of("desk.example/publisher", b"p" * 32)
LOG = Signer.of("desk.example/log", b"l" * 32)
STRANGER = Signer.of("desk.example/publisher", b"x" * 32)
PDF = b"%PDF-1.7\n" + "公开版本（演示）".encode()
AT = "2026-11-20T02:00:00Z"


def uscc(seed: str = "11320684", subject: str = "01419703") -> str:
    """Return a credit code with its two check characters."""
    from zhifa.law.identifiers import _USCC_ALPHABET, _USCC_WEIGHTS, subject_check

    text = seed + subject + subject_check(subject)
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(text, _USCC_WEIGHTS, strict=True))
    return text + _USCC_ALPHABET[-total % 31]


CODE, OTHER_CODE = uscc(), uscc(subject="01419704")


def log_receipt(
    sha: str, number: str, token: str, *, kind: str = "document.sealed", log: Signer = LOG,
    neighbour: bytes = b"another entry",
) -> str:  # fmt: skip
    """Return the log's receipt of a sealed document: the last of its leaves."""
    body = {"number": number, "token": token, "sha256": sha, "pages": 2, "template_version": "1"}
    salt = b"s" * 32
    header = Header(
        stream="document:0", sequence=2, kind=kind, actor="0", at="2026-11-20T01:00:00.000000Z",
        recorded_at="2026-11-20T01:00:00.000000Z",
        commitment=commitment(salt, canonical_json(body)).hex(), previous="0" * 64,
    )  # fmt: skip
    size = (
        2 if sha == DOCUMENT else 3 + int(header.commitment[:6], 16) % 20_000
    )  # each its own state of the log
    leaves = [leaf_hash(neighbour)] * (size - 1) + [leaf_hash(header.digest())]
    path = inclusion_proof(size - 1, size, partial(_nodes, leaves))
    note = Checkpoint(LOG.verifier.name, size, _over(leaves)).signed(log)
    proof = Proof(size - 1, tuple(path), note)
    made = receipt.Receipt(header, header.digest(), proof, receipt.Content(body, salt), sha)
    return made.to_bytes().decode()


def _nodes(leaves: list[bytes], nodes: Sequence[tuple[int, int]]) -> list[bytes]:
    return [
        complete_root(b"".join(leaves[place << level : (place + 1) << level]))
        for level, place in nodes
    ]


def _over(leaves: list[bytes]) -> bytes:
    return fold(_nodes(leaves, complete_nodes(0, len(leaves))))


def body(**change: object) -> dict[str, object]:
    return {
        "name": "南通市海门区市场监督管理局（演示）", "credit_code": CODE,
        "kind": "administrative_organ", "address": "江苏省南通市海门区解放中路 1 号（演示）",
        "hours": "工作日 9:00–12:00，14:00–18:00", "phone": "0513-00000000", "website": "",
        "supervision": {
            "phone": "0513-00012315", "address": "海门区解放中路 1 号 101 室（演示）",
            "url": "https://example.org/complain",
        },
        "entrusting_body": "", "deed": "", "valid_from": "2020-07-01", "region": "320614",
        "predecessors": [
            {"name": "海门市市场监督管理局", "credit_code": "", "until": "2020-06-30"}
        ],
    } | change  # fmt: skip


def officer(**change: object) -> dict[str, object]:
    return {
        "name": "李演示", "certificate_number": "10061299001", "body": CODE,
        "fields": ["市场监督管理"], "valid_until": "2028-12-31",
    } | change  # fmt: skip


def power_item(**change: object) -> dict[str, object]:
    return {
        "code": "320614131001", "name": "对经营超过保质期食品的处罚", "act_type": "penalty",
        "body": CODE, "scope": "海门区行政区域", "content": "对经营超过保质期的食品的行为实施行政处罚",
        "procedure": "立案、调查取证、审核、告知、决定、送达、执行、结案",
        "supervision": "向本机关监督电话投诉，或者申请行政复议、提起行政诉讼",
        "legal_bases": [
            {
                "act": "中华人民共和国食品安全法", "article": "第一百二十四条第一款第五项",
                "text": "违反本法规定，有下列情形之一，尚不构成犯罪的，由县级以上人民政府食品安全监督管理部门没收违法所得和违法生产经营的食品、食品添加剂……",
            }
        ],
        "time_limit": "九十日", "fee": "", "version_on": "2026-01-01",
    } | change  # fmt: skip


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 90" width="420" height="90">'
    '<rect x="10" y="20" width="120" height="50" rx="6" fill="#e6f5eb" stroke="#1c7a41"/>'
    '<text x="70" y="50" text-anchor="middle" font-size="16">立案</text>'
    '<path d="M130 45 H270" stroke="#4a5768" fill="none"/>'
    '<rect x="270" y="20" width="120" height="50" rx="6" fill="#fff" stroke="#1b56a6"/>'
    '<text x="330" y="50" text-anchor="middle" font-size="16">调查取证</text></svg>'
)


def chart(**change: object) -> dict[str, object]:
    return {
        "procedure": "penalty.ordinary", "version": "2021-07-15", "title": "行政处罚普通程序",
        "svg": SVG,
        "steps": [
            {"n": 1, "label": "立案", "role": "机关负责人", "limit": "15个工作日", "basis": "行政处罚法第五十四条"},
            {"n": 2, "label": "调查取证", "role": "承办机构", "limit": "", "basis": "行政处罚法第五十四条、第五十五条"},
        ],
    } | change  # fmt: skip


DOCUMENT = sha256(b"the sealed original").hexdigest()
TOKEN = "k3vq7x2m5n4p6r8t0w1y3a5c7e"


def decision(**change: object) -> dict[str, object]:
    return {
        "number": "海市监罚〔2026〕12号", "case_name": "好又鲜食品店（演示）经营超过保质期食品案",
        "act_type": "penalty", "body": CODE, "body_name": "南通市海门区市场监督管理局（演示）",
        "party": "海门区好又鲜食品店（演示）", "party_kind": "unincorporated",
        "facts": "2026年3月2日，本局执法人员检查发现当事人货架上有11袋面包超过保质期。",
        "legal_basis": "《中华人民共和国食品安全法》第一百二十四条第一款第五项",
        "decision": "1.没收违法经营的面包11袋；\n2.罚款人民币伍仟元整（¥5,000.00）。",
        "kinds": ["没收非法财物", "罚款"], "amount_fen": 500_000,
        "decided_on": "2026-11-10", "served_on": "2026-11-12", "published_until": "2027-11-10",
        "is_major": True, "review": {"unit": "法制审核科", "passed_on": "2026-11-05"},
        "document_sha256": DOCUMENT,
        "file": {"name": "决定书公开版本.pdf", "sha256": sha256(PDF).hexdigest(), "size": len(PDF)},
    } | change  # fmt: skip


def document_receipt(**change: object) -> dict[str, object]:
    return {
        "token": TOKEN, "number": "海市监罚〔2026〕12号", "document_sha256": DOCUMENT,
    } | change  # fmt: skip


def withdrawal(kind: str, key: str, **change: object) -> dict[str, object]:
    return {
        "kind": kind, "key": key, "reason": "行政处罚决定被依法撤销（行政处罚法第四十八条）", "at": AT
    } | change  # fmt: skip


@dataclass
class Draft:
    """A package that can be bent before it is signed and after."""

    kind: str
    key: str
    data: dict[str, object]
    sequence: int = 1
    published_at: str = AT
    receipt: str = ""
    files: list[dict[str, object]] = field(default_factory=list)
    signer: Signer = PUBLISHER

    def payload(self) -> str:
        return canonical_json(
            {
                "kind": self.kind, "key": self.key, "sequence": self.sequence,
                "published_at": self.published_at, "data": self.data,
            }
        ).decode()  # fmt: skip

    def parts(self) -> dict[str, object]:
        payload = self.payload()
        text = signed_text(payload.encode(), self.receipt.encode())
        return {
            "format": FORMAT, "payload": payload, "signature": sign(text, self.signer),
            "receipt": self.receipt, "files": self.files,
        }  # fmt: skip

    def to_bytes(self) -> bytes:
        return json.dumps(self.parts(), ensure_ascii=False).encode()


def written(whole: dict[str, object]) -> str:
    """Return a payload as it is signed, whatever it says."""
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pdf(content: bytes = PDF, name: str = "决定书公开版本.pdf") -> dict[str, object]:
    return {
        "name": name, "sha256": sha256(content).hexdigest(), "media_type": "application/pdf",
        "size": len(content), "content": msgspec.to_builtins(content),
    }  # fmt: skip


def a_body(sequence: int = 1, **change: object) -> Draft:
    data = body(**change)
    return Draft("body", str(data["credit_code"]), data, sequence)


def an_officer(sequence: int = 1, **change: object) -> Draft:
    data = officer(**change)
    return Draft("officer", str(data["certificate_number"]), data, sequence)


def an_item(sequence: int = 1, **change: object) -> Draft:
    data = power_item(**change)
    return Draft("power_item", f"{data['body']}:{data['code']}", data, sequence)


def a_chart(sequence: int = 1, **change: object) -> Draft:
    data = chart(**change)
    return Draft("chart", str(data["procedure"]), data, sequence)


def a_decision(sequence: int = 1, **change: object) -> Draft:
    data = decision(**change)
    made = Draft("decision", str(data["number"]), data, sequence)
    made.receipt = log_receipt(str(data["document_sha256"]), str(data["number"]), TOKEN)
    made.files = [pdf()] if data["file"] else []
    return made


def a_document_receipt(sequence: int = 1, **change: object) -> Draft:
    data = document_receipt(**change)
    made = Draft("document_receipt", str(data["token"]), data, sequence)
    made.receipt = log_receipt(
        str(data["document_sha256"]), str(data["number"]), str(data["token"])
    )
    return made


def a_withdrawal(kind: str, key: str, sequence: int = 2, **change: object) -> Draft:
    return Draft("withdrawal", key, withdrawal(kind, key, **change), sequence)
