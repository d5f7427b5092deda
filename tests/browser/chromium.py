"""Headless Chromium by its own protocol over two pipes: no driver, no further package."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 180.0
LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 20) for number in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
    "--remote-debugging-pipe", "--window-size=1300,900",
)  # fmt: skip


def find_browser() -> str | None:
    """The first Chromium on the PATH, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """A page of a running browser, and what it complained about."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._left = b""
        self._last = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """The result of one command; what happens meanwhile is kept as events."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._last:
            self.events.append(answer)
        assert "error" not in answer, answer
        return dict(answer["result"])

    def open(self, path: Path) -> None:
        """Open a local file and wait until it is loaded."""
        self.events.clear()
        self.call("Page.navigate", url=path.absolute().as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def evaluate(self, script: str) -> Any:
        """The value of an expression of JavaScript, awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def complaints(self) -> list[str]:
        """Errors of scripts and of the console, and addresses asked for beyond local files."""
        found = []
        for event in self.events:
            about = event.get("params", {})
            match event["method"]:
                case "Runtime.exceptionThrown":
                    found.append(str(about["exceptionDetails"])[:300])
                case "Runtime.consoleAPICalled" if about["type"] in ("error", "assert"):
                    found.append(str(about["args"])[:300])
                case "Log.entryAdded" if about["entry"]["level"] == "error":
                    found.append(str(about["entry"]["text"])[:300])
                case "Network.requestWillBeSent":
                    url = about["request"]["url"]
                    if not url.startswith(("file:", "data:", "blob:", "about:")):
                        found.append(f"asked for {url}")
        return found

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._left:
            assert time.monotonic() < until, "the browser does not answer"
            block = os.read(self._reading, 1 << 20)
            assert block, "the browser has ended"
            self._left += block
        message, _, self._left = self._left.partition(b"\0")
        return dict(json.loads(message))


@contextmanager
def running_browser(executable: str, profile: Path) -> Iterator[Browser]:
    """A browser with an empty profile; it reads commands from descriptor 3 and answers on 4."""
    command_out, command_in = os.pipe()
    answer_out, answer_in = os.pipe()
    words = [executable, *FLAGS, f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        [sys.executable, "-c", LAUNCH, str(command_out), str(answer_in), *words],
        pass_fds=(command_out, answer_in),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(command_out)
    os.close(answer_in)
    try:
        yield Browser(answer_out, command_in)
    finally:
        process.kill()
        process.wait()
        os.close(command_in)
        os.close(answer_out)
