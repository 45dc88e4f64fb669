"""What the codes of this package mean, in Chinese (核验用语)."""

from typing import Final

WORDS: Final = {
    "key.format": "公钥写法不对，应为 名称+编号+密钥",
    "key.name": "公钥的名称不能为空，也不能含空格或加号",
    "key.algorithm": "不是 Ed25519 公钥，无法核验",
    "key.id": "公钥编号与密钥不符，可能抄错",
    "note.format": "签名文本的格式不对",
    "note.unsigned": "没有所给公钥的签名；请核对公钥，公示包还需要发布方和日志两个公钥（各写一个 --key）",
    "note.signature": "签名无效，内容被改动或者签名是伪造的",
    "checkpoint.format": "日志检查点的格式不对",
    "checkpoint.origin": "检查点属于另一个日志",
    "proof.format": "日志证明的格式不对",
    "inclusion.out_of_range": "叶号超出日志的条数",
    "inclusion.length": "日志证明的长度与条数不符",
    "inclusion.mismatch": "该条记录不在所称的日志中",
    "consistency.out_of_range": "两个检查点的条数不能这样比较",
    "consistency.length": "一致性证明的长度不对",
    "consistency.mismatch": "两个检查点互相矛盾，日志被改写过",
    "receipt.format": "不是回执文件，或者格式不对",
    "receipt.digest": "条目被改动，与摘要不符",
    "receipt.content": "记录内容被改动，与承诺不符",
    "receipt.withheld": "回执没有公开记录内容，不能证明是哪份文书",
    "receipt.document_differs": "文书与记录不符：文件被改动，或者不是这一份",
    "package.format": "不是公示包，或者格式不对",
    "package.digest": "公示内容被改动，与签名不符",
    "package.files": "随附文件被改动或者缺失",
    "package.receipt_of_other": "回执证明的不是这份文书",
    "package.document_differs": "文书与公示的不符：文件被改动，或者不是这一份",
}
