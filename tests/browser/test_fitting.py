"""Every page fits a phone and a desktop; what does not is found.

The pages are those of PRACTICAL_DL_DEMO=results, a finished run; tests/workflow/test_demo.py looks
at those of its own run likewise.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from practical_dl.report.page import page, paragraph, verbatim
from tests.browser.chromium import Browser, find_browser, running_browser
from tests.browser.fitting import DESKTOP, PHONE, faults_of

FINISHED = os.environ.get("PRACTICAL_DL_DEMO")
SPOILT = {
    "wide": ('<div style="width: 2000px">wide</div>', "pixels wide in a window of 390"),
    "small": ('<p style="font-size: 9px">small</p>', '9 pixels high: p "small"'),
    "pale": ('<p style="color: #aaa">pale</p>', 'contrast 2.3: p "pale"'),
    "mute": ('<img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "without words"),
}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    executable = find_browser()
    if executable is None:
        pytest.skip("no Chromium on the PATH")
    with running_browser(executable, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.mark.parametrize("name", SPOILT)
def test_a_page_that_is_spoilt_is_found(browser: Browser, tmp_path: Path, name: str) -> None:
    block, fault = SPOILT[name]
    path = tmp_path / "page.html"
    path.write_text(page("A page", "It is spoilt.", [block]))
    found = faults_of(browser, path, PHONE)
    assert any(fault in one for one in found), found


def test_a_plain_page_has_no_fault(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page("A page", "It is well.", [paragraph("text"), verbatim("code " * 200)]))
    assert faults_of(browser, path, PHONE) == faults_of(browser, path, DESKTOP) == []


@pytest.mark.skipif(not FINISHED, reason="PRACTICAL_DL_DEMO names the results of a finished run")
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_page_of_a_run_fits(browser: Browser, width: int) -> None:
    results = Path(FINISHED or "")
    pages = sorted(results.rglob("*.html"))
    assert results / "front_page.html" in pages
    faults = {
        str(path.relative_to(results)): found
        for path in pages
        if path.name != "report.html" and (found := faults_of(browser, path, width))
    }
    assert faults == {}
