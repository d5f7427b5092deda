"""One command line: every command has help, examples, exit codes and `--json`."""

import importlib
import pkgutil

import pytest

from practical_dl import cli, commands

COMMANDS = [found.name for found in pkgutil.iter_modules(commands.__path__)]


def test_the_commands_are_these() -> None:
    assert {
        *("audit", "compare", "inspect", "new", "plan", "predict", "recommend", "review")
    } <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_it_does_with_examples_and_exit_codes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = importlib.import_module(f"practical_dl.commands.{name}")
    with pytest.raises(SystemExit) as stop:
        cli.main([name, "--help"])
    assert stop.value.code == 0
    shown = capsys.readouterr().out
    assert f"practical-dl {name}" in shown
    assert f"--json print JSON Lines: {command.JSON}" in " ".join(shown.split())
    assert "exit codes:" in shown
    assert command.ABOUT.split()[0] in shown


def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["nothing"], ["compare", "one"], ["plan", "--cores", "many"]):
        with pytest.raises(SystemExit) as stop:
            cli.main(words)
        assert stop.value.code == 2
    assert "usage: practical-dl" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "old", "new", "--html", "nowhere/page.html"),
        ("inspect", "store.h5", "--sheet", "nowhere/sheet.png"),
        ("predict", "demo", "photo.jpg", "--csv", "nowhere/out.csv"),
    ],
)
def test_a_file_is_not_written_where_there_is_no_folder(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main([*words])
    assert (
        f"argument {words[-2]}: nowhere: no such folder; make it first" in capsys.readouterr().err
    )
