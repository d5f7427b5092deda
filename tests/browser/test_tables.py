"""Tables of a page in a real browser: sorted by a click, filtered by words."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from practical_dl.report.page import page, table
from tests.browser.chromium import Browser, find_browser, running_browser

SCORES = ["1.25 (1.0 to 1.5)", "-0.5 %", "12,000", "", "3"]
FIRST_COLUMN = """
[...document.querySelectorAll("tbody tr")].filter(row => !row.hidden)
  .map(row => row.cells[0].textContent)
"""
CLICK = "document.querySelectorAll('th')[1].click()"
TYPE = """
(() => {
  const field = document.querySelector(".filter input");
  field.value = "NAME 1";
  field.dispatchEvent(new Event("input"));
})()
"""


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    executable = find_browser()
    if executable is None:
        pytest.skip("no Chromium on the PATH")
    with running_browser(executable, tmp_path / "profile") as browser:
        yield browser


def shown(browser: Browser, folder: Path, frame: pd.DataFrame) -> None:
    path = folder / "page.html"
    path.write_text(page("A table", "It sorts.", [table(frame)]))
    browser.open(path)


def test_a_click_sorts_by_number_and_another_turns_round(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, pd.DataFrame({"name": list("abcde"), "score": SCORES}))
    browser.evaluate(CLICK)
    assert browser.evaluate(FIRST_COLUMN) == ["b", "a", "e", "c", "d"]
    browser.evaluate(CLICK)
    assert browser.evaluate(FIRST_COLUMN) == ["c", "e", "a", "b", "d"]
    assert browser.complaints() == []


def test_words_leave_the_rows_that_hold_all_of_them(browser: Browser, tmp_path: Path) -> None:
    names = [f"name {number}" for number in range(20)]
    shown(browser, tmp_path, pd.DataFrame({"name": names, "score": range(20)}))
    browser.evaluate(TYPE)
    expected = [name for name in names if name.startswith("name 1")]
    assert browser.evaluate(FIRST_COLUMN) == expected
    assert "11 of 20 rows" in browser.evaluate("document.body.innerText")


def test_a_short_table_has_no_filter(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, pd.DataFrame({"name": list("abcde"), "score": SCORES}))
    assert browser.evaluate("document.querySelectorAll('.filter').length") == 0
