import stat

import pytest

from zhifa.config import keys
from zhifa.config.cli import main
from zhifa.config.environment import read
from zhifa_verify import note
from zhifa_verify.note import Signer, Verifier


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHIFA_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def first(data_dir):
    return keys.signing_key(read(), "log")


def test_a_key_is_made_once_and_is_a_note_signer(first, data_dir):
    assert keys.signing_key(read(), "log") == first
    signer = Signer.parse(first.private)
    assert (signer.verifier.name, str(signer.verifier)) == (first.name, first.public)
    assert keys.trusted(data_dir, "log") == (first.public,)
    assert keys.signing_key(read(), "publisher").name != first.name


def test_rotation_keeps_the_name_and_trusts_both(first, data_dir):
    fresh = keys.rotate(data_dir, "log")

    assert keys.signing_key(read(), "log") == fresh
    assert fresh.name == first.name
    assert keys.trusted(data_dir, "log") == (first.public, fresh.public)
    verifiers = [Verifier.parse(key) for key in keys.trusted(data_dir, "log")]
    for key in (first, fresh):
        signed = note.sign("text\n", Signer.parse(key.private))
        assert note.open_note(signed, verifiers)[0] == "text\n"
    kept = data_dir / "keys" / f"log.key.{first.public.split('+')[1]}"
    assert kept.read_text() == first.private


def test_key_files_are_for_us_only(first, data_dir):
    keys.rotate(data_dir, "log")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (data_dir / "keys").iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((data_dir / "keys").stat().st_mode) == 0o700


def test_the_command(first, data_dir, capsys):
    assert main(["keys", "rotate", "log"]) == 0
    assert main(["keys", "list"]) == 0
    shown = capsys.readouterr().out
    for key in keys.trusted(data_dir, "log"):
        assert f"日志\t{key}\n" in shown
    assert main(["keys", "rotate", "publisher"]) == 1
    assert "还没有公示密钥" in capsys.readouterr().err
