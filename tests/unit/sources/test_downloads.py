import hashlib
import io
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.sources.downloads import download
from practical_dl.sources.publishers import WebFile

CONTENT = np.random.default_rng(0).bytes(300_000)
Act = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """Answers the next request as the publisher's next act says; the last act is repeated."""

    server: "Publisher"

    def do_GET(self) -> None:
        self.server.ranges.append(self.headers["Range"])
        acts = self.server.acts
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        act(self)

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, content: bytes, length: int | None, **headers: str) -> None:
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


class Publisher(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.acts: list[Act] = []
        self.ranges: list[str | None] = []
        self.released = threading.Event()

    def plays(self, *acts: Act) -> WebFile:
        self.acts = list(acts)
        return WebFile(
            "sample",
            f"http://127.0.0.1:{self.server_port}/sample.bin",
            "a sample",
            "none",
            size=len(CONTENT),
            sha256=hashlib.sha256(CONTENT).hexdigest(),
        )


def whole(request: Request) -> None:
    request.answer(200, CONTENT, len(CONTENT))


def in_ranges(request: Request) -> None:
    asked = re.fullmatch(r"bytes=(\d+)-", request.headers["Range"] or "bytes=0-")
    assert asked is not None
    start = int(asked[1])
    request.answer(
        206,
        CONTENT[start:],
        len(CONTENT) - start,
        Content_Range=f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}",
    )


def closes_early(request: Request) -> None:
    request.answer(200, CONTENT[:200_000], len(CONTENT))


def closes_early_without_length(request: Request) -> None:
    request.answer(200, CONTENT[:200_000], None)


def falls_silent(request: Request) -> None:
    request.answer(200, CONTENT[:200_000], len(CONTENT))
    request.server.released.wait(5)


def longer(request: Request) -> None:
    request.answer(200, CONTENT + b"more", len(CONTENT) + 4)


def longer_without_length(request: Request) -> None:
    request.answer(200, CONTENT + b"more", None)


def shorter(request: Request) -> None:
    request.answer(200, CONTENT[:-1], len(CONTENT) - 1)


def other_bytes(request: Request) -> None:
    request.answer(200, CONTENT[:-1] + b"?", len(CONTENT))


def server_error(request: Request) -> None:
    request.answer(500, b"", 0)


def not_found(request: Request) -> None:
    request.answer(404, b"", 0)


def range_not_satisfiable(request: Request) -> None:
    request.answer(416, b"", 0)


def resumes_elsewhere(request: Request) -> None:
    request.answer(206, CONTENT, len(CONTENT), Content_Range="bytes 0-299999/300000")


def redirects_to_itself(request: Request) -> None:
    request.answer(302, b"", 0, Location="/sample.bin")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sample.bin"


class Recorder(Log):
    def __init__(self) -> None:
        self.file = io.StringIO()
        super().__init__("download", self.file, io.StringIO())

    @property
    def text(self) -> str:
        return self.file.getvalue()


def fetch(entry: WebFile, target: Path, waits: tuple[float, ...] = (0, 0)) -> str:
    log = Recorder()
    download(entry, target, log, waits=waits, silence=0.3)
    return log.text


def refusal(entry: WebFile, target: Path, waits: tuple[float, ...] = (0, 0)) -> str:
    with pytest.raises(UserError) as caught:
        fetch(entry, target, waits)
    assert not target.exists()
    return str(caught.value)


def names_beside(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_a_good_file_arrives_whole_and_alone(publisher: Publisher, target: Path) -> None:
    log = fetch(publisher.plays(whole), target)
    assert target.read_bytes() == CONTENT
    assert names_beside(target) == ["sample.bin"]
    assert publisher.ranges == [None]
    assert "downloaded 300,000 bytes from http://127.0.0.1" in log


def test_an_early_close_is_resumed(publisher: Publisher, target: Path) -> None:
    fetch(publisher.plays(closes_early, in_ranges), target)
    assert target.read_bytes() == CONTENT
    first, second = publisher.ranges
    assert first is None
    assert second is not None
    kept = int(second.removeprefix("bytes=").removesuffix("-"))
    assert 100_000 < kept <= 200_000


def test_an_early_close_without_a_length_is_resumed(publisher: Publisher, target: Path) -> None:
    log = fetch(publisher.plays(closes_early_without_length, in_ranges), target)
    assert target.read_bytes() == CONTENT
    assert publisher.ranges == [None, "bytes=200000-"]
    assert "ended after 200,000 of 300,000 bytes; trying again in 0 s" in log


def test_a_server_without_ranges_starts_again(publisher: Publisher, target: Path) -> None:
    fetch(publisher.plays(closes_early, whole), target)
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize("refuses", [range_not_satisfiable, resumes_elsewhere])
def test_a_server_that_resumes_wrongly_is_asked_for_the_whole(
    publisher: Publisher, target: Path, refuses: Act
) -> None:
    fetch(publisher.plays(closes_early, refuses, whole), target)
    assert target.read_bytes() == CONTENT
    assert publisher.ranges[-1] is None


def test_a_silent_server_is_left_and_resumed(publisher: Publisher, target: Path) -> None:
    started = time.monotonic()
    log = fetch(publisher.plays(falls_silent, in_ranges), target)
    assert time.monotonic() - started < 3
    assert target.read_bytes() == CONTENT
    assert "Read timed out" in log


def test_server_errors_are_tried_again(publisher: Publisher, target: Path) -> None:
    log = fetch(publisher.plays(server_error, server_error, whole), target)
    assert target.read_bytes() == CONTENT
    assert log.count("the server answers 500 Internal Server Error") == 2


def test_lasting_server_errors_end_in_one_line(publisher: Publisher, target: Path) -> None:
    message = refusal(publisher.plays(server_error), target)
    assert len(publisher.ranges) == 3
    assert message == (
        f"http://127.0.0.1:{publisher.server_port}/sample.bin: the server answers 500 "
        f"Internal Server Error; check the network and run again, "
        f"or put the file by hand at {target}"
    )


def test_the_waits_are_kept(publisher: Publisher, target: Path) -> None:
    started = time.monotonic()
    fetch(publisher.plays(server_error, server_error, whole), target, waits=(0.1, 0.2))
    assert time.monotonic() - started >= 0.3


@pytest.mark.parametrize(
    ("act", "found"),
    [
        (longer, "300,004 bytes"),
        (longer_without_length, "more bytes"),
        (shorter, "299,999 bytes"),
    ],
)
def test_a_file_of_another_size_is_refused_at_once(
    publisher: Publisher, target: Path, act: Act, found: str
) -> None:
    entry = publisher.plays(act)
    message = refusal(entry, target)
    assert message.startswith(f"{entry.url}: {found}, expected 300,000; the publisher has replaced")
    assert message.endswith(f"(a sample); run again or put the file by hand at {target}")
    assert publisher.ranges == [None]
    assert names_beside(target) == []


@pytest.mark.parametrize("algorithm", ["sha256", "md5"])
def test_wrong_bytes_are_removed_and_both_sums_named(
    publisher: Publisher, target: Path, algorithm: str
) -> None:
    expected = hashlib.new(algorithm, CONTENT).hexdigest()
    found = hashlib.new(algorithm, CONTENT[:-1] + b"?").hexdigest()
    entry = replace(
        publisher.plays(other_bytes),
        sha256=expected if algorithm == "sha256" else None,
        md5=expected if algorithm == "md5" else None,
    )
    message = refusal(entry, target)
    assert message.startswith(f"{entry.url}: {algorithm} is {found}, expected {expected}; ")
    assert names_beside(target) == []


def test_what_an_earlier_run_left_is_resumed(publisher: Publisher, target: Path) -> None:
    entry = publisher.plays(closes_early_without_length)
    refusal(entry, target, waits=())
    assert names_beside(target) == [".partial.sample.bin"]
    publisher.ranges.clear()
    publisher.plays(in_ranges)
    fetch(entry, target)
    assert target.read_bytes() == CONTENT
    assert publisher.ranges == ["bytes=200000-"]


def test_a_damaged_leftover_is_found_out_and_removed(publisher: Publisher, target: Path) -> None:
    target.parent.mkdir()
    partial = target.with_name(".partial.sample.bin")
    partial.write_bytes(b"\0" * 1000)
    entry = publisher.plays(in_ranges)
    assert "sha256 is" in refusal(entry, target)
    assert names_beside(target) == []
    fetch(entry, target)
    assert target.read_bytes() == CONTENT


def test_a_leftover_that_is_whole_needs_no_request(publisher: Publisher, target: Path) -> None:
    target.parent.mkdir()
    target.with_name(".partial.sample.bin").write_bytes(CONTENT)
    fetch(publisher.plays(not_found), target)
    assert target.read_bytes() == CONTENT
    assert publisher.ranges == []


def test_a_leftover_that_is_too_long_is_dropped(publisher: Publisher, target: Path) -> None:
    target.parent.mkdir()
    target.with_name(".partial.sample.bin").write_bytes(CONTENT + b"more")
    fetch(publisher.plays(in_ranges), target)
    assert target.read_bytes() == CONTENT
    assert publisher.ranges == [None]


def test_without_a_checksum_nothing_is_resumed_and_the_sum_is_logged(
    publisher: Publisher, target: Path
) -> None:
    target.parent.mkdir()
    target.with_name(".partial.sample.bin").write_bytes(b"other")
    entry = replace(publisher.plays(closes_early, whole), sha256=None)
    log = fetch(entry, target)
    assert target.read_bytes() == CONTENT
    assert publisher.ranges == [None, None]
    assert (
        "no checksum is known to compare with; "
        f"sha256 is {hashlib.sha256(CONTENT).hexdigest()}" in log
    )


def test_without_a_size_the_announced_length_is_required(
    publisher: Publisher, target: Path
) -> None:
    entry = replace(publisher.plays(closes_early, in_ranges), size=None)
    fetch(entry, target)
    assert target.read_bytes() == CONTENT


def test_a_missing_file_says_where_to_put_it(publisher: Publisher, target: Path) -> None:
    entry = publisher.plays(not_found)
    assert refusal(entry, target) == (
        f"{entry.url}: the server answers 404 Not Found; put the file by hand at {target}"
    )
    assert publisher.ranges == [None]


def test_a_redirect_loop_ends_in_one_line(publisher: Publisher, target: Path) -> None:
    entry = publisher.plays(redirects_to_itself)
    assert refusal(entry, target) == (
        f"{entry.url}: redirected in a circle; put the file by hand at {target}"
    )


def test_a_server_that_is_not_there_ends_in_one_line(target: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/sample.bin"
        message = refusal(WebFile("sample", url, "a sample", "none"), target)
    assert message.startswith(f"{url}: ")
    assert "Connection refused; check the network and run again" in message
    assert "\n" not in message


def test_an_address_that_cannot_be_asked_is_refused(target: Path) -> None:
    message = refusal(WebFile("sample", "sample.bin", "a sample", "none"), target)
    assert message.startswith("sample.bin: Invalid URL")


def test_a_right_file_that_is_there_is_kept_without_a_request(
    publisher: Publisher, target: Path
) -> None:
    target.parent.mkdir()
    target.write_bytes(CONTENT)
    assert "already there" in fetch(publisher.plays(not_found), target)
    assert publisher.ranges == []


@pytest.mark.parametrize("content", [b"short", CONTENT[:-1] + b"?"])
def test_a_wrong_file_that_is_there_is_named_and_kept(
    publisher: Publisher, target: Path, content: bytes
) -> None:
    target.parent.mkdir()
    target.write_bytes(content)
    with pytest.raises(UserError, match=r"expected .*; delete it to download it again") as caught:
        fetch(publisher.plays(whole), target)
    assert str(caught.value).startswith(f"{target}: ")
    assert target.read_bytes() == content


def test_progress_counts_what_this_run_received(
    publisher: Publisher, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int, str]] = []
    monkeypatch.setattr(Log, "progress", lambda _, *values: seen.append(values))
    monkeypatch.setattr("practical_dl.sources.downloads._MEGABYTE", 1_000)
    target.parent.mkdir()
    target.with_name(".partial.sample.bin").write_bytes(CONTENT[:250_000])
    fetch(publisher.plays(in_ranges), target)
    assert seen[-1] == (50, 50, "MB")
