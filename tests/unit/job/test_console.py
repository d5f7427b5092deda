"""What the commands print is readable on 80 columns, and whole in a pipe."""

import io
import os

import pytest
from rich.console import Console

from practical_dl.job.console import new_console, quiet_errors
from practical_dl.planning.planning import Plan, RulePlan
from practical_dl.planning.showing import show_plan

RULES = ("measure_gain_of_distillation", "compare_review_optimizers")
REASONS = ("settings or code", "its inputs are new")


def plan() -> Plan:
    rules = tuple(RulePlan(rule, 12, 5000.0, 6200, REASONS) for rule in RULES)
    return Plan(24, 2, (8e3, 1e4, 2e4), 1.0, {"a guess": 1.0}, rules, {})


def test_a_plan_breaks_no_word_on_80_columns() -> None:
    shown = io.StringIO()
    show_plan(Console(file=shown, width=80), plan())
    lines = shown.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    for rule in RULES:
        (line,) = (line for line in lines if rule in line)
        assert "12  1 h 23 min  6.2 GB" in line
    words = {word.strip(",:") for line in lines for word in line.split()}
    assert set(" ".join(REASONS).split()) <= words


def test_into_a_pipe_a_line_is_as_long_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show_plan(new_console(), plan())
    assert capsys.readouterr().out.count("settings or code, its inputs are new:") == 1


def test_what_c_libraries_write_is_kept_back(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_errors():
        os.write(2, b"cudart_stub.cc:31]")
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
