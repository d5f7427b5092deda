"""Takes the report's pictures for the documents: `make pictures`, after `make run`."""

import base64
import sys
import tempfile
from pathlib import Path

from tests.browser.chromium import Browser, find_browser, running_browser

SHOTS = {
    "report.png": ("front_page.html", 1280, 1150),
    "picture_map.png": ("images/demo/pages/picture_map.html", 1280, 900),
}
"""By name in docs/: the page below results/, and the size of the window."""


def shoot(browser: Browser, page: Path, width: int, height: int) -> bytes:
    """What a window of this size shows of a page, as a PNG."""
    browser.call(
        "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
        mobile=False,
    )  # fmt: skip
    browser.call("Emulation.setScrollbarsHidden", hidden=True)
    browser.open(page)
    return base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"])


def main(results: Path, docs: Path) -> int:
    executable = find_browser()
    if executable is None:
        print("error: no Chromium on the PATH; install one", file=sys.stderr)
        return 1
    absent = [page for page, *_ in SHOTS.values() if not (results / page).is_file()]
    if absent:
        print(f"error: {results}: lacks {', '.join(absent)}; run `make run`", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as profile,
        running_browser(executable, Path(profile)) as browser,
    ):
        for name, (page, width, height) in SHOTS.items():
            (docs / name).write_bytes(shoot(browser, results / page, width, height))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("results"), Path("docs")))
