"""The report of a tiny run in a real browser: no error, every picture there, nothing fetched."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.chromium import Browser, find_browser, running_browser
from tests.conftest import copy_workflow, snakemake_in

CONFIG = """
run: {images: [], movies: [demo], reviews: [], characters: [], small: []}
movies:
  demo:
    source: {demo: {users: 40, movies: 50, ratings: 800}}
    lesson:
      {factors: 4, dot_schedule: [[1, 0.01]], schedule: [[2, 0.01]], net_schedule: [[1, 0.01]]}
    bayes: {rank: 3, burn_in: 2, samples: 4, chains: 1}
"""
MOVIES = "results/movies/demo"
TARGETS = [
    "results/front_page.html",
    *(
        f"{MOVIES}/{name}"
        for name in ("pages/crosstab.html", "pages/models.html", "lesson_models.png")
    ),
]
CHECK = """
(async () => {
  const broken = [];
  const look = async (where, source) => {
    const picture = new Image();
    picture.src = source;
    try { await picture.decode(); } catch (error) { broken.push(where); }
  };
  for (const picture of document.images)
    if (picture.style.display !== "none") await look("front page", picture.src);
  for (const [path, entry] of Object.entries(results)) {
    if (entry.mime_type.startsWith("image/")) await look(path, entry.data_uri);
    if (entry.mime_type === "text/html") {
      const text = await (await fetch(entry.data_uri)).text();
      const page = new DOMParser().parseFromString(text, "text/html");
      for (const picture of page.images) await look(path, picture.getAttribute("src"));
    }
  }
  return broken;
})()
"""
SEEN_AT_HEADING = """
(async () => {
  await new Promise(done => setTimeout(done, 2000));
  const place = document.querySelector("h1").getBoundingClientRect();
  return document.elementFromPoint(place.left + 5, place.top + 5)?.tagName;
})()
"""
WALK = """
(async () => {
  const seen = [];
  for (const category of Object.keys(categories)) {
    app.showCategory(category);
    for (const paths of Object.values(categories[category])) for (const path of paths) {
      const entry = results[path];
      const content = entry.mime_type.startsWith("image/") ? "img" : "html";
      app.showResultInfo(path);
      app.setView({content: content, contentPath: entry.data_uri, resultPath: path});
      await new Promise(done => setTimeout(done, 50));
      seen.push(path);
    }
  }
  return seen;
})()
"""

FOLLOW = """
(async () => {
  const wait = () => new Promise(done => setTimeout(done, 500));
  [...document.querySelectorAll("a")].find(link => link.href.endsWith("crosstab.html")).click();
  await wait();
  const frame = document.querySelector("iframe");
  const text = await (await fetch(frame.src)).text();
  return new DOMParser().parseFromString(text, "text/html").querySelector("h1").textContent;
})()
"""
MENU = """
(async () => {
  await new Promise(done => setTimeout(done, 1000));
  return document.querySelector("nav").getBoundingClientRect().width;
})()
"""

WIDER_THAN_THE_WINDOW = """
(async () => {
  while (!document.querySelector("#rulegraph canvas"))
    await new Promise(done => setTimeout(done, 50));
  const parts = [...document.querySelectorAll(".overflow-auto")];
  return parts.filter(part => part.scrollWidth > part.clientWidth).length;
})()
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_browser() is None:
        pytest.skip("no Chromium on the PATH")
    folder = copy_workflow(tmp_path_factory.mktemp("report"))
    (folder / "tiny.yaml").write_text(CONFIG)
    path = folder / "report.html"
    for more in ([], ["--report", path.name]):
        done = snakemake_in(folder, *TARGETS, *more, "--configfile", "tiny.yaml")
        assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def browser(report: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    executable = find_browser()
    assert executable is not None
    assert report.is_file()
    with running_browser(executable, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


def test_every_page_opens_without_a_complaint(browser: Browser, report: Path) -> None:
    browser.open(report)
    seen = browser.evaluate(WALK)
    assert set(TARGETS) <= set(seen)
    assert browser.evaluate(CHECK) == []
    assert browser.complaints() == []


def test_the_front_page_is_what_is_seen_first(browser: Browser, report: Path) -> None:
    browser.open(report)
    text = browser.evaluate("document.body.innerText")
    assert "Start here" in text
    assert browser.evaluate(SEEN_AT_HEADING) == "H1"
    assert text.count("are made up") == 1
    assert browser.evaluate("document.images.length") >= 1


def test_a_link_of_the_front_page_opens_a_page_of_the_report(
    browser: Browser, report: Path
) -> None:
    browser.open(report)
    assert browser.evaluate(FOLLOW) == "How does a factor model work? (demo)"
    assert browser.complaints() == []


def test_the_menu_starts_closed_on_a_phone_alone(browser: Browser, report: Path) -> None:
    browser.open(report)
    assert browser.evaluate(MENU) > 100
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2,
        mobile=True,
    )  # fmt: skip
    browser.open(report)
    assert browser.evaluate(MENU) == 0
    browser.call("Emulation.clearDeviceMetricsOverride")


def test_a_removed_picture_is_found(browser: Browser, report: Path) -> None:
    text = report.read_text()
    spoilt = report.with_name("spoilt.html")
    marker = r'"data:image/png;[^"\\]*?=lesson_models[.]png;[^"\\]{100,}"'
    spoilt.write_text(re.sub(marker, '"data:image/png;base64,AAAA"', text, count=1))
    browser.open(spoilt)
    assert browser.evaluate(CHECK) == [f"{MOVIES}/lesson_models.png"]


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, report: Path) -> None:
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2,
        mobile=True,
    )  # fmt: skip
    for name in (
        "front_page.html",
        "movies/demo/pages/models.html",
        "movies/demo/pages/crosstab.html",
    ):
        browser.open(report.parent / "results" / name)
        wide = browser.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, f"{name}: {wide} pixels wide on a phone of 390"
    browser.call("Emulation.clearDeviceMetricsOverride")


def test_a_narrow_window_needs_no_sideways_scrolling_beside_the_menu(
    browser: Browser, report: Path
) -> None:
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=1000, height=800, deviceScaleFactor=1,
        mobile=False,
    )  # fmt: skip
    browser.open(report)
    wider = browser.evaluate(WIDER_THAN_THE_WINDOW)
    assert wider == 0
    browser.call("Emulation.clearDeviceMetricsOverride")
