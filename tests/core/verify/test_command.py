import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.core.verify import made

import zhifa_verify
from zhifa_verify import package
from zhifa_verify.cli import main
from zhifa_verify.errors import NotVerified
from zhifa_verify.wording import WORDS

LOG, PUBLISHER = str(made.LOG.verifier), str(made.PUBLISHER.verifier)
KEYS = [made.LOG.verifier, made.PUBLISHER.verifier]


def run(tmp_path, value, *more, keys=(LOG, PUBLISHER)):
    path = made.written(tmp_path / "file", value)
    return main([str(path), *(part for key in keys for part in ("--key", key)), *map(str, more)])


def test_a_receipt(tmp_path, capsys):
    assert run(tmp_path, made.receipt().to_bytes(), keys=[LOG]) == 0

    shown = capsys.readouterr().out
    assert "document.sealed" in shown
    assert "内容与承诺一致" in shown
    assert shown.endswith("核验通过\n")


def test_a_receipt_whose_content_is_withheld(tmp_path, capsys):
    assert run(tmp_path, made.receipt(shown=False).to_bytes()) == 0
    assert "只有承诺" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("document", "status", "words"),
    [(made.PDF, 0, "一个字节也没有改动"), (made.PDF + b" ", 1, WORDS["receipt.document_differs"])],
)
def test_a_receipt_and_a_document(tmp_path, capsys, document, status, words):
    pdf = made.written(tmp_path / "document.pdf", document)

    assert run(tmp_path, made.receipt().to_bytes(), "--document", pdf) == status
    assert words in "".join(capsys.readouterr())


def test_a_package(tmp_path, capsys):
    assert run(tmp_path, made.package()) == 0

    shown = capsys.readouterr().out
    assert "zhifa.example/publisher 签发" in shown
    assert "document.sealed" in shown


def test_a_package_that_needs_no_receipt(tmp_path, capsys):
    plain = made.package(proof=b"", data={"name": "某局"}, files=())

    assert run(tmp_path, plain, keys=[PUBLISHER]) == 0
    assert "日志" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("document", "status", "words"),
    [
        (made.PDF, 0, "盖章原件"),
        (made.REDACTED, 0, "公示的那一份"),
        (b"other", 1, WORDS["package.document_differs"]),
    ],
)
def test_a_package_and_a_document(tmp_path, capsys, document, status, words):
    pdf = made.written(tmp_path / "document.pdf", document)

    assert run(tmp_path, made.package(), "--document", pdf) == status
    assert words in "".join(capsys.readouterr())


CHANGED = made.package()["payload"].replace("1号", "2号")
OTHER_DOCUMENT = made.package(data={"document_sha256": "0" * 64}, files=())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param(made.package() | {"payload": CHANGED}, "package.digest", id="payload changed"),
        pytest.param(
            made.package() | {"receipt": made.receipt(shown=False).to_bytes().decode()},
            "package.digest",
            id="receipt changed",
        ),
        pytest.param(made.package(signer=made.LOG), "package.files", id="two files named"),
        pytest.param(made.package(files=()), "package.files", id="file missing"),
        pytest.param(made.package(files=(b"changed",)), "package.files", id="file changed"),
        pytest.param(OTHER_DOCUMENT, "package.receipt_of_other", id="receipt of another"),
        pytest.param(
            made.package(data={"name": "某局"}, files=()),
            "package.receipt_of_other",
            id="of nothing",
        ),
        pytest.param(made.package(proof=b"{}"), "receipt.format", id="no receipt"),
        pytest.param(made.package() | {"files": [{}]}, "package.format", id="file without content"),
        pytest.param(made.package() | {"files": [1]}, "package.format", id="file that is none"),
        pytest.param(made.package() | {"files": [{"content": "!"}]}, "package.format", id="base64"),
        pytest.param(made.package() | {"more": 1}, "package.format", id="unknown member"),
        pytest.param(made.package() | {"payload": "[]"}, "package.format", id="payload a list"),
        pytest.param(made.package() | {"payload": "{"}, "package.format", id="payload cut short"),
        pytest.param(made.package() | {"payload": "\ud800"}, "package.format", id="surrogate"),
        pytest.param(
            made.package() | {"payload": CHANGED.replace(":", ": ", 1)},
            "package.format",
            id="blank",
        ),
    ],
)
def test_a_package_that_was_changed(value, code):
    if code == "package.files" and value["files"] and "changed" not in str(value):
        value = value | {"files": value["files"] * 2}
    with pytest.raises(NotVerified) as refused:
        package.from_json(value).verify(KEYS)

    assert refused.value.code == code


def test_a_package_needs_both_keys(tmp_path, capsys):
    for keys in ([LOG], [PUBLISHER]):
        assert run(tmp_path, made.package(), keys=keys) == 1
        assert "两个公钥" in capsys.readouterr().err


def test_what_is_not_shown_ends_with_one(tmp_path, capsys):
    assert run(tmp_path, b"nothing of the kind") == 1
    assert WORDS["receipt.format"] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.json", "--key", LOG], "missing.json"),
        (["missing.json", "--key", "rubbish"], WORDS["key.format"]),
    ],
)
def test_misuse_ends_with_two(arguments, words, capsys):
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_a_key_is_demanded(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["file"])

    assert ended.value.code == 2


def test_it_runs_without_django_and_without_zhifa(tmp_path):
    path = made.written(tmp_path / "receipt.json", made.receipt().to_bytes())
    script = (
        "import sys; from zhifa_verify.cli import main; status = main(sys.argv[1:]);"
        "assert not {'django', 'zhifa', 'msgspec'} & set(sys.modules); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), "--key", LOG], capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_every_code_has_words_and_every_word_a_code():
    folder = Path(zhifa_verify.__file__).parent
    texts = {
        node.value
        for file in folder.glob("*.py")
        if file.name != "wording.py"
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    codes = {text for text in texts if re.fullmatch(r"[a-z]+\.[a-z_]+", text) and "/" not in text}
    built = {"checkpoint.format", "proof.format"}  # written as f"{what}.format"

    assert codes | built == set(WORDS)
