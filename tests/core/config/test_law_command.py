"""zhifa deadline, zhifa procedures: answered without a server or a database."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from zhifa.config.cli import law, main
from zhifa.procedures import definitions


def test_a_deadline_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "explain", "T04", "--start", "2026-09-28"]) == 0
    said = capsys.readouterr().out
    assert "2026年10月10日" in said
    assert "国庆节" in said


def test_a_deadline_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["deadline", "explain", "T01", "--start", "2026-03-02", "--field", "samr"]
    assert main([*asked, "--stop", "2026-03-10:2026-03-19", "--extend", "30", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["due_on"] == "2026-07-10"
    assert answer["kind"] == "deadline"
    assert answer["reasons"]


def test_what_cannot_be_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "explain", "T99", "--start", "2026-03-02"]) == 2
    assert "✗ 没有这个期限编号" in capsys.readouterr().err
    assert main(["deadline", "explain", "T01", "--start", "2026-02-30"]) == 2
    assert "起算时间" in capsys.readouterr().err


def test_every_deadline_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "list"]) == 0
    assert "T51" in capsys.readouterr().out
    assert main(["deadline", "list", "--json"]) == 0
    assert {"T01", "T47"} <= {one["term"] for one in json.loads(capsys.readouterr().out)}


def test_the_procedures_are_proved(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = definitions.ALL[0]
    one_step = replace(shipped, steps=shipped.steps[:1])
    monkeypatch.setattr(law.definitions, "ALL", (one_step,))
    assert main(["procedures", "check"]) == 1
    assert "✗ penalty.ordinary clue" in capsys.readouterr().out
    monkeypatch.setattr(law.definitions, "ALL", ())
    assert main(["procedures", "check"]) == 0
    assert capsys.readouterr().out.startswith("✓")


def test_a_chart_is_drawn(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["procedures", "chart", "penalty.ordinary"]) == 0
    drawn = capsys.readouterr().out
    kept = tmp_path / "chart.svg"
    assert main(["procedures", "chart", "penalty.ordinary", "--out", str(kept)]) == 0
    assert kept.read_text(encoding="utf-8").strip() == drawn.strip()
    assert main(["procedures", "chart", "permit"]) == 2
    assert "penalty.ordinary" in capsys.readouterr().err


def test_who_reads_the_first_line_only_sees_no_fault() -> None:
    command = f'"{sys.executable}" -m zhifa deadline list | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("T01")
    assert done.stderr == ""
