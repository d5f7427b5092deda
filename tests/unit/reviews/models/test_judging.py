"""practical-dl review: from a text, a file and standard input, and its mistakes."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from practical_dl.cli import main
from practical_dl.reviews.corpus.about import About, write_about
from practical_dl.reviews.models.linear import LinearModel, Sum, write_linear


@pytest.fixture
def results(tmp_path: Path) -> str:
    model = LinearModel(
        3, [np.array([1, 2])], (Sum(np.ones(2, np.float32), np.array([2, -3], np.float32), 0.0),)
    )
    write_linear(tmp_path / "reviews/demo/nb_svm/model.h5", model, ["good", "bad"])
    return str(tmp_path)


def test_a_text(results: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "A", "GOOD", "film", "--results", results]) == 0
    assert capsys.readouterr().out == (
        "positive 88.1 %: good (positive 2.00); unknown: a, film; "
        "a guess: most of its words are unknown\n"
    )


def test_where_most_words_are_known_no_guess_is_told(
    results: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "good", "film", "--results", results]) == 0
    assert capsys.readouterr().out == "positive 88.1 %: good (positive 2.00); unknown: film\n"


def test_marks_are_no_knowledge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = LinearModel(
        3, [np.array([1, 2])], (Sum(np.ones(2, np.float32), np.array([2, -3], np.float32), 0.0),)
    )
    write_linear(tmp_path / "reviews/demo/nb_svm/model.h5", model, ["!", "bad"])
    for text, message in (("!", "has no word; write some"), ("gut!", "knows none of its words")):
        assert main(["review", text, "--results", str(tmp_path)]) == 1
        assert message in capsys.readouterr().err


def test_a_file_one_a_line_as_json(
    results: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("\ufeffgood\nbad, bad\n", encoding="utf-8")
    assert main(["review", "--file", str(path), "--json", "--results", results]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["sentiment"] for one in found] == ["positive", "negative"]
    assert found[1]["probability"] == pytest.approx(1 / (1 + np.exp(-3)))
    assert found[1]["evidence"] == [{"words": "bad", "log_odds": -3.0}]


def test_standard_input(
    results: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(b"bad\n"), isatty=lambda: False)
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["review", "--results", results]) == 0
    assert capsys.readouterr().out.startswith("negative 95.3 %")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"good\ncaf\xe9\nbad\n", ":2: not UTF-8 at byte 3"),
        (b"good\nxyzzy\nbad\n", ":2: the model knows none of its words"),
        (b"good\n!?\nbad\n", ":2: has no word"),
    ],
)
def test_a_mistake_names_its_line_and_the_others_are_judged(
    results: str,
    tmp_path: Path,
    content: bytes,
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes(content)
    assert main(["review", "--file", str(path), "--results", results]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(f"error: {path}{message}")
    assert captured.err.count("\n") == 1
    assert [line.split()[0] for line in captured.out.splitlines()] == ["positive", "negative"]


def test_blank_lines_are_passed_over(
    results: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("good\n\n  \nbad\n")
    assert main(["review", "--file", str(path), "--results", results]) == 0
    captured = capsys.readouterr()
    assert [line.split()[0] for line in captured.out.splitlines()] == ["positive", "negative"]
    assert captured.err == ""


@pytest.mark.parametrize("content", ["", "\n  \n"])
def test_a_file_without_a_review(
    content: str, results: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(content)
    assert main(["review", "--file", str(path), "--results", results]) == 1
    assert capsys.readouterr().err == f"error: {path}: has no review; write one per line\n"


def test_an_empty_text(results: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", " ", "--results", results]) == 1
    assert capsys.readouterr().err == "error: review: empty review; write some words\n"


def test_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reviews").mkdir()
    assert main(["review", "good", "--results", str(tmp_path)]) == 1
    assert "make it: snakemake" in capsys.readouterr().err
    assert main(["review", "--file", "absent.txt", "--results", str(tmp_path)]) == 1


def test_own_classes_are_called_by_their_names_and_a_table_is_read(
    results: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = About(("ham", "spam"), ("ham", "spam"), "", "message")
    write_about(tmp_path / "reviews/demo/about.json", about)
    path = tmp_path / "own.csv"
    path.write_text("id,message,label\n1,good,spam\n2,bad,ham\n")
    assert main(["review", "--file", str(path), "--results", results]) == 0
    captured = capsys.readouterr()
    assert captured.out == "spam 88.1 %: good (spam 2.00)\nham 95.3 %: bad (ham 3.00)\n"
    assert captured.err == f"{path}: read as: ',', utf-8, 2 rows; reviews of column 'message'\n"
    assert main(["review", "good", "--column", "message", "--results", results]) == 1
    assert "--column: names a column of --file" in capsys.readouterr().err
