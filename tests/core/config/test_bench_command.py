import json

import zhifa
from zhifa.config.cli import bench

REPORT = {
    "name": "log",
    "figures": [
        {"name": "work", "value": 1234.5, "unit": "entries/s", "ratio": 0.5, "aim": 1000,
         "limit": {"name": "most", "value": 2469.0}},
        {"name": "more", "value": 1.0, "unit": "x/s", "ratio": 1.0, "aim": None,
         "limit": {"name": "most", "value": 1.0}},
    ],
}  # fmt: skip


def run(monkeypatch, *arguments):
    monkeypatch.setattr(bench, "_measured", lambda name, root: REPORT | {"asked": name})
    import argparse

    parser = argparse.ArgumentParser()
    bench.add(parser.add_subparsers())
    parsed = parser.parse_args(["bench", *arguments])
    return parsed.run(parsed)


def test_figures_as_json(monkeypatch, capsys):
    assert run(monkeypatch, "log", "--json") == 0
    assert json.loads(capsys.readouterr().out) == REPORT | {"asked": "log"}


def test_figures_to_read(monkeypatch, capsys):
    assert run(monkeypatch, "log") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "work: 1,234 entries/s = 50% × most (2,469), aim 1,000"
    assert second == "more: 1 x/s = 100% × most (1)"


def test_without_a_checkout_it_says_so(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(
        zhifa, "__file__", str(tmp_path / "site-packages" / "zhifa" / "__init__.py")
    )

    assert run(monkeypatch, "log", "--json") == 1
    assert "源代码目录" in capsys.readouterr().err
