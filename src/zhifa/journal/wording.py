"""What differs in the record, in Chinese (记录核对用语)."""

WORDS = {
    "journal.erased": "该条内容已经删除",
    "journal.is_erasure": "删除记录本身不能删除",
    "entry.gap": "序号不连续，有条目缺失",
    "entry.previous": "与前一条的摘要不衔接",
    "entry.digest": "条目被改动，摘要不符",
    "entry.commitment": "内容被改动，与承诺不符",
    "entry.not_canonical": "内容不是规范化的 JSON",
    "entry.content_missing": "内容缺失，又没有删除记录",
    "entry.erased": "内容已依法删除，无法复演",
    "entry.erasure_unrecorded": "内容被删除，而删除没有记录在案",
    "entry.lost": "条目既不在日志中，也不在等待入日志",
    "entry.twice": "条目已在日志中，却仍标为等待入日志",
    "stream.head": "记录流的末条与实际不符，可能有条目被删去",
    "log.leaf_gap": "日志的叶号不连续",
    "log.leaf_order": "日志中同一记录流的先后颠倒",
    "log.tile": "瓦片与叶不符",
    "log.checkpoint_missing": "叶多于检查点所载",
    "log.checkpoint_signature": "检查点的签名无效",
    "log.checkpoint_text": "检查点的签名文本与登记不符",
    "log.checkpoint_root": "检查点的根与叶不符",
}
