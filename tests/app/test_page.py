"""The page in a real browser: what it shows is what the commands say."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from practical_dl.app.reviews import Reviews
from practical_dl.cli import main
from practical_dl.movies.recommender.factors import Library
from tests.app.conftest import first_titles, own_list
from tests.browser.chromium import PATIENCE, Browser, find_browser, running_browser
from tests.conftest import ROOT

pytest.importorskip("gradio", reason="Gradio is not installed; make test-app has it")


@pytest.fixture(scope="module")
def address(results: Path) -> Iterator[str]:
    """The command, serving these results from the folder where the workflow ran."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "practical_dl.cli", "app", "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "workflow")}
    process = subprocess.Popen(words, cwd=results.parent, env=environment)
    url = f"http://127.0.0.1:{port}/"
    try:
        wait(lambda: process.poll() is not None or answers(url))
        assert process.poll() is None
        yield url
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def browser(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    executable = find_browser()
    if executable is None:
        pytest.skip("no Chromium on the PATH")
    with running_browser(executable, tmp_path_factory.mktemp("profile")) as browser:
        browser.call("Page.navigate", url=address)
        wait(lambda: browser.evaluate("!!document.querySelector('#photo input[type=file]')"))
        yield browser


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def wait(found: Any) -> Any:
    """The first value of `found()` that is true."""
    until = time.monotonic() + PATIENCE
    while not (value := found()):
        assert time.monotonic() < until, "the page does not answer"
        time.sleep(0.2)
    return value


def text_of(browser: Browser, place: str) -> str:
    return str(browser.evaluate(f"document.querySelector('{place}')?.innerText ?? ''"))


def open_tab(browser: Browser, name: str) -> None:
    tabs = "[...document.querySelectorAll('button[role=tab]')]"
    browser.evaluate(f"{tabs}.find(tab => tab.textContent.trim() == '{name}').click()")


def type_into(browser: Browser, place: str, text: str) -> None:
    wait(lambda: browser.evaluate(f"!!document.querySelector('{place}')"))
    browser.evaluate(f"document.querySelector('{place}').select()")
    browser.call("Input.insertText", text=text)


def choose(browser: Browser, title: str) -> bool:
    """Press on a title in the open list; False as long as it is not offered."""
    offered = "[...document.querySelectorAll('[role=option]')]"
    own = f"{offered}.find(one => one.innerText.trim().endsWith({json.dumps(title)}))"
    press = "new MouseEvent('mousedown', {bubbles: true})"
    return bool(browser.evaluate(f"{own}?.dispatchEvent({press}) !== undefined"))


def chosen(browser: Browser) -> str:
    return str(browser.evaluate("document.querySelector('#movie input').value"))


def drop(browser: Browser, place: str, path: Path) -> None:
    """Give the page a file."""
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    place = f"{place} input[type=file]"
    node = browser.call("DOM.querySelector", nodeId=root, selector=place)["nodeId"]
    browser.call("DOM.setFileInputFiles", files=[str(path)], nodeId=node)


def assert_recommended(browser: Browser, told: list[Any]) -> None:
    """The movies stand on the page as the command tells them, in its order."""
    first = f"{told[0]['stars']:.2f} ± {told[0]['spread']:.2f}"
    wait(lambda: first in text_of(browser, "#recommended"))
    shown = text_of(browser, "#recommended")
    places = [shown.index(movie["title"]) for movie in told]
    assert places == sorted(places)


def lines_of(capsys: pytest.CaptureFixture[str], *words: str) -> list[Any]:
    assert main([*words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_photo(browser: Browser, results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = results.parent / "data/images/demo/files/1.png"
    [told] = lines_of(capsys, "predict", "demo", str(photo), "--results", str(results))
    drop(browser, "#photo", photo)
    shown = wait(lambda: "%" in (text := text_of(browser, "#classes")) and text).split()
    assert shown[shown.index(told["predicted"]) :][:2] == [told["predicted"], told["predicted"]]
    assert shown[3] == f"{told['confidence']:.0%}"


def test_a_review(browser: Browser, results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [told] = lines_of(capsys, "review", "a good film", "--results", str(results))
    open_tab(browser, "Review")
    type_into(browser, "#review textarea", "a good film")
    shown = wait(lambda: "NB-SVM" in (text := text_of(browser, "#verdicts")) and text)
    assert told["sentiment"] in shown
    assert f"{100 * told['probability']:.1f} %" in shown
    assert text_of(browser, "#words").split() == ["a", "good", "film"]
    [(title, verdict, sure)] = Reviews(results, "demo").by_networks("a good film")
    shown = wait(lambda: title in (text := text_of(browser, "#networks")) and text)
    assert verdict in shown
    assert f"{100 * sure:.1f} %" in shown


def test_three_movies(
    browser: Browser,
    results: Path,
    library: Library,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    titles = first_titles(library)
    own = own_list(tmp_path / "own.csv", dict.fromkeys(titles, 5))
    told = lines_of(capsys, "recommend", "--ratings", str(own), "--results", str(results))
    open_tab(browser, "Movies")
    for title in titles:
        type_into(browser, "#movie input", title)
        wait(lambda title=title: choose(browser, title))
        wait(lambda title=title: chosen(browser) == title)
        browser.evaluate("document.querySelector('#rate').click()")
        wait(lambda title=title: title in text_of(browser, "#rated") and not chosen(browser))
    assert_recommended(browser, told)


def test_an_export_of_letterboxd(
    browser: Browser,
    results: Path,
    library: Library,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stars = dict(zip(first_titles(library), (0.5, 5, 0.5), strict=True))
    rows = [f'2026-01-01,"{title[:-7]}",{title[-5:-1]},x,{stars[title]}' for title in stars]
    export = tmp_path / "ratings.csv"
    export.write_text("\n".join(["Date,Name,Year,Letterboxd URI,Rating", *rows]) + "\n")
    told = lines_of(capsys, "recommend", "--file", str(export), "--results", str(results))
    open_tab(browser, "Movies")
    drop(browser, "#export", export)
    assert_recommended(browser, told)


def test_a_tab_without_a_model_says_which_command_makes_it(browser: Browser) -> None:
    open_tab(browser, "Characters")
    wait(lambda: "snakemake results/characters/demo/lstm" in text_of(browser, "body"))


def test_the_page_asks_for_nothing_elsewhere_and_complains_of_nothing(
    browser: Browser, address: str
) -> None:
    assert [told for told in browser.complaints() if address not in told] == []
