"""Fetch a publisher's file over HTTP: resumed, retried, checked, and there only when whole.

requests and urllib3 retry requests but not bodies that end early or fall silent; the loop here
does both. A file grows under the name `.partial.NAME` beside its target and is renamed once its
size and checksum are right. What an earlier run left is resumed if a checksum can vouch for it.
"""

import hashlib
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

import requests

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.sources.publishers import WebFile

WAITS_SECONDS = (1.0, 2.0, 4.0, 8.0, 16.0)
SILENCE_SECONDS = 60.0
_CHUNK_BYTES = 1 << 16
_MEGABYTE = 1_000_000
_PASSING_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_PASSING_ERRORS = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
)


def download(
    entry: WebFile,
    target: Path,
    log: Log,
    waits: Sequence[float] = WAITS_SECONDS,
    silence: float = SILENCE_SECONDS,
) -> None:
    """Put the file of `entry` at `target`, unless the right one is there already.

    Server errors, broken connections, bodies that end early and silences of `silence` seconds
    are tried again after each of `waits` (seconds). A file of which no checksum is known is
    checked for its size only, and its SHA-256 is written to the log.

    Raises:
        UserError: the file cannot be had, or its size or checksum is wrong; names the address.
    """
    if target.exists():
        _check(entry, target, str(target), "delete it to download it again")
        log.info(f"{target}: already there")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    transfer = _Transfer(entry, target, log, silence)
    transfer.run(waits)
    try:
        _check(entry, transfer.partial, entry.url, transfer.advice)
    except UserError:
        transfer.partial.unlink()
        raise
    if not _has_checksum(entry):
        found = _digest(transfer.partial, "sha256")
        log.info(f"{entry.url}: no checksum is known to compare with; sha256 is {found}")
    transfer.partial.replace(target)
    log.info(f"{target}: downloaded {target.stat().st_size:,} bytes from {entry.url}")


class _Interrupted(Exception):
    """The transfer failed in a way that another attempt may fix."""


class _Transfer:
    """Brings the bytes of `entry` to the partial file beside `target`, in one or more attempts."""

    def __init__(self, entry: WebFile, target: Path, log: Log, silence: float) -> None:
        self.entry = entry
        self.partial = target.with_name(f".partial.{target.name}")
        self.by_hand = f"put the file by hand at {target}"
        self.advice = (
            f"the publisher has replaced it or it was damaged on its way ({entry.what}); "
            f"run again or {self.by_hand}"
        )
        self._log = log
        self._silence = silence
        self._bytes_before = self._resumable_bytes()

    def run(self, waits: Sequence[float]) -> None:
        for wait in (*waits, None):
            try:
                self._attempt()
            except _Interrupted as error:
                if wait is None:
                    raise UserError(
                        f"{self.entry.url}: {error}; check the network and run again, "
                        f"or {self.by_hand}"
                    ) from error
                self._log.info(f"{self.entry.url}: {error}; trying again in {wait:g} s")
                time.sleep(wait)
            else:
                return

    def _attempt(self) -> None:
        start = self._resumable_bytes()
        if start and start == self.entry.size:
            return
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        try:
            with requests.get(
                self.entry.url, headers=headers, stream=True, timeout=self._silence
            ) as response:
                self._require_success(response)
                self._receive(response, self._first_byte(response, start))
        except requests.TooManyRedirects as error:
            raise UserError(f"{self.entry.url}: redirected in a circle; {self.by_hand}") from error
        except _PASSING_ERRORS as error:
            raise _Interrupted(_reason(error)) from error
        except requests.RequestException as error:
            raise UserError(f"{self.entry.url}: {_reason(error)}; {self.by_hand}") from error

    def _resumable_bytes(self) -> int:
        """Length of the partial file of an earlier attempt; one that is useless is removed."""
        if not self.partial.exists():
            return 0
        length = self.partial.stat().st_size
        if _has_checksum(self.entry) and length <= (self.entry.size or length):
            return length
        self.partial.unlink()
        return 0

    def _require_success(self, response: requests.Response) -> None:
        answer = f"the server answers {response.status_code} {response.reason}"
        if response.status_code == 416:
            self.partial.unlink(missing_ok=True)
            raise _Interrupted(f"{answer} and cannot resume")
        if response.status_code in _PASSING_STATUSES:
            raise _Interrupted(answer)
        if response.status_code not in (200, 206):
            raise UserError(f"{self.entry.url}: {answer}; {self.by_hand}")

    def _first_byte(self, response: requests.Response, asked: int) -> int:
        """Position of the first byte sent: `asked`, or 0 when the server sends the whole file."""
        if response.status_code == 200:
            return 0
        sent = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
        if sent is None or int(sent[1]) != asked:
            self.partial.unlink(missing_ok=True)
            raise _Interrupted("the server resumes at another place than asked")
        return asked

    def _receive(self, response: requests.Response, start: int) -> None:
        size = self.entry.size
        announced = response.headers.get("Content-Length", "")
        length = start + int(announced) if announced.isdecimal() else size
        if size is not None and length != size:
            raise self._of_another_size(f"{length:,} bytes")
        position = start
        with self.partial.open("ab" if start else "wb") as file:
            for chunk in response.iter_content(_CHUNK_BYTES):
                file.write(chunk)
                position += len(chunk)
                if size is not None and position > size:
                    raise self._of_another_size("more bytes")
                if length is not None:
                    self._show_progress(position, length)
            file.flush()
            os.fsync(file.fileno())
        if length is not None and position < length:
            raise _Interrupted(f"ended after {position:,} of {length:,} bytes")

    def _of_another_size(self, found: str) -> UserError:
        self.partial.unlink(missing_ok=True)
        return UserError(f"{self.entry.url}: {found}, expected {self.entry.size:,}; {self.advice}")

    def _show_progress(self, position: int, length: int) -> None:
        done = max(position - self._bytes_before, 0)
        total = length - self._bytes_before
        self._log.progress(done // _MEGABYTE, total // _MEGABYTE, "MB")


def _check(entry: WebFile, path: Path, where: str, advice: str) -> None:
    size = path.stat().st_size
    if entry.size is not None and size != entry.size:
        raise UserError(f"{where}: {size:,} bytes, expected {entry.size:,}; {advice}")
    for algorithm, expected in (("sha256", entry.sha256), ("md5", entry.md5)):
        if expected is not None and (found := _digest(path, algorithm)) != expected:
            raise UserError(f"{where}: {algorithm} is {found}, expected {expected}; {advice}")


def _has_checksum(entry: WebFile) -> bool:
    return entry.sha256 is not None or entry.md5 is not None


def _digest(path: Path, algorithm: str) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(
            file, lambda: hashlib.new(algorithm, usedforsecurity=False)
        ).hexdigest()


def _reason(error: BaseException) -> str:
    """The innermost message of requests' nested exceptions."""
    inner = getattr(error, "reason", None) or (error.args[0] if error.args else None)
    if isinstance(inner, BaseException):
        return _reason(inner)
    return inner if isinstance(inner, str) else str(error)
