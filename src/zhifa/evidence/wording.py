"""Codes of this room in Chinese (证据用语), and what to do about each."""

from zhifa.evidence.rules import EXCLUDED, CustodyAction, EvidenceKind

KINDS: dict[EvidenceKind, str] = {
    EvidenceKind.DOCUMENTARY: "书证",
    EvidenceKind.PHYSICAL: "物证",
    EvidenceKind.AUDIOVISUAL: "视听资料",
    EvidenceKind.ELECTRONIC_DATA: "电子数据",
    EvidenceKind.TESTIMONY: "证人证言",
    EvidenceKind.PARTY_STATEMENT: "当事人的陈述",
    EvidenceKind.EXPERT_OPINION: "鉴定意见",
    EvidenceKind.INSPECTION_RECORD: "勘验笔录、现场笔录",
}

CUSTODY: dict[CustodyAction, str] = {
    CustodyAction.RECEIVED: "接收",
    CustodyAction.VIEWED: "调阅",
    CustodyAction.EXPORTED: "调取（复制件）",
    CustodyAction.HANDED_OVER: "移交（原件）",
    CustodyAction.RETURNED: "归还（原件）",
}


def custody_words(code: str) -> str:
    """Return what happened to an item, by its code; none: the entry's content was erased by law."""
    if not code:
        return "内容已依法删除"
    return "排除" if code == EXCLUDED else CUSTODY[CustodyAction(code)]


WORDS: dict[str, str] = {
    "file.empty": "文件是空的（0 字节），请重新选择文件",
    "file.name_length": "文件名为空或者超过 200 个字，请改短后重新上传",
    "file.too_large": "文件超过单个文件的大小上限，请分段上传",
    "file.unknown_type": "不能识别这个文件；可以上传照片、PDF、OFD、docx、xlsx、pptx、文本和常见的录音录像",
    "file.name_mismatch": "文件名的后缀与内容不符，请用原文件名重新上传，不要改后缀",
    "file.truncated": "文件不完整，后一部分缺失；请从原设备重新导出后上传",
    "file.damaged": "文件不完整或者已损坏，无法打开；请从原设备重新导出后上传",
    "file.nothing_recorded": "录音录像文件里没有画面也没有声音，请检查原设备",
    "file.picture_too_large": "照片的像素过多，无法安全打开",
    "file.unpacks_too_large": "文件展开后过大，无法安全打开",
    "evidence.name": "请填写证据名称，不超过 200 个字",
    "evidence.source": "请写明证据来源，不超过 200 个字",
    "evidence.too_long": "地点、签名人不超过 200 个字",
    "evidence.note_too_long": "说明不超过 2000 个字",
    "evidence.obtained_in_future": "取证日期不能晚于今天",
    "evidence.two_dates": "取证日期与取证时间不是同一天",
    "evidence.collector_missing": "请写明取证人",
    "evidence.pages": "页数应为正整数",
    "evidence.signer": "签名的纸质文书扫描件须同时指明所属文书和签名人；其他证据不填签名人",
    "evidence.same_file": "本案已有内容相同的证据，不必重复上传",
    "evidence.already_excluded": "该证据已被排除",
    "custody.received_once": "接收只在证据入库时登记一次",
    "custody.already_out": "原件已经移交，归还之前不能再移交",
    "custody.not_out": "原件没有移交出去，无须归还",
    "custody.counterpart": "请写明交给谁或者由谁交还，不超过 200 个字",
    "custody.purpose": "请写明用途，不超过 200 个字",
    "exclusion.reason": "请写明排除该证据的理由，不超过 2000 个字",
    "evidence.column": "证据的登记信息与接收、保管、排除时的记录不符",
    "evidence.not_journalled": "证据没有接收记录",
    "evidence.missing": "记录里有这份证据，证据表里没有",
    "blob.missing": "证据文件不在存储中",
    "blob.sha256": "证据文件的内容被改动（SHA-256 不符）",
    "blob.sm3": "证据文件的国密摘要值不符（SM3）",
    "blob.size": "证据文件的大小与登记不符",
    "blob.orphan": "存储中有一个没有登记的文件（上传中断留下，不影响使用）",
    "store.full": "存储空间已满，文件没有保存；请联系系统管理员",
    "store.missing": "证据文件不在存储中，请立即联系系统管理员",
    "store.damaged": "证据文件已损坏，请立即联系系统管理员",
}
