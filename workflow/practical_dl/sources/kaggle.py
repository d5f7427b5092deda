"""Fetch a competition's data with Kaggle's own command-line client.

Kaggle serves competition data only to accounts that accepted the rules, so this is left to its
client (`pip install kaggle`), which is found on the PATH or beside this Python. The client reads
its credentials itself; they are neither looked at nor passed on here. What its failures look like
is taken from its source, https://github.com/Kaggle/kaggle-cli.
"""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import PROGRESS_SECONDS, Log

_NO_CREDENTIALS = re.compile(
    r"\b401\b|unauthorized|authentication required|could not find kaggle\.json|missing (user|key)",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b403\b|forbidden|accept this competition's rules", re.IGNORECASE)
_UNKNOWN = re.compile(r"\b404\b")
_SECRET = re.compile(r"\w{32,}|(?<=\?)\S+")
_MEGABYTE = 1_000_000


def download_competition(competition: str, folder: Path, log: Log) -> Path:
    """Put the data of `competition`, one zip, in `folder`; a whole zip that is there is kept.

    The client works in `.partial.NAME` inside `folder`, where its next run goes on with what a
    broken one left.

    Returns:
        Path of the zip, `folder`/`competition`.zip.

    Raises:
        UserError: the client is not installed, has no valid credentials, is refused by Kaggle
            because the rules are not accepted, or brings no whole zip; says what to do.
    """
    archive = folder / f"{competition}.zip"
    page = f"https://www.kaggle.com/competitions/{competition}"
    if archive.exists():
        _require_whole(archive, "delete it to download it again")
        log.info(f"{archive}: already there")
        return archive
    by_hand = f"or download it at {page}/data and put it at {archive}"
    client = _find_client(by_hand)
    partial = folder / f".partial.{competition}"
    partial.mkdir(parents=True, exist_ok=True)
    command = [client, "competitions", "download", competition, "--path", str(partial), "--quiet"]
    exit_code, output = _run(command, partial, log)
    brought = partial / archive.name
    if exit_code != 0 or not brought.is_file():
        raise UserError(_explanation(competition, page, output, exit_code, by_hand))
    try:
        _require_whole(brought, f"run again, {by_hand}")
    except UserError:
        brought.unlink()
        raise
    brought.replace(archive)
    shutil.rmtree(partial)
    log.info(f"{archive}: downloaded {archive.stat().st_size:,} bytes with {client}")
    return archive


def _find_client(by_hand: str) -> str:
    beside_python = Path(sys.executable).with_name("kaggle")
    client = shutil.which("kaggle") or shutil.which(beside_python)
    if client is None:
        raise UserError(
            f"kaggle: the client is not installed; run '{sys.executable} -m pip install kaggle', "
            f"{by_hand}"
        )
    return client


def _run(command: list[str], folder: Path, log: Log) -> tuple[int, str]:
    """Run the client and log how much of the data is there; return exit code and output."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            while True:
                try:
                    output, _ = process.communicate(timeout=PROGRESS_SECONDS)
                    return process.returncode, output
                except subprocess.TimeoutExpired:
                    size = sum(path.stat().st_size for path in folder.iterdir())
                    log.info(f"kaggle: {size // _MEGABYTE:,} MB so far")
        except BaseException:
            process.kill()
            raise


def _explanation(competition: str, page: str, output: str, exit_code: int, by_hand: str) -> str:
    if _NO_CREDENTIALS.search(output):
        return (
            "kaggle: no valid credentials; create a token at https://www.kaggle.com/settings/api, "
            "save it as ~/.kaggle/access_token (or kaggle.json there, or in KAGGLE_API_TOKEN) and "
            f"run again, {by_hand}"
        )
    if _REFUSED.search(output):
        return (
            f"kaggle: the rules of {competition} are not accepted; open {page}/rules with the "
            f"account of your token, accept them (at ended competitions behind 'Late Submission') "
            "and run again"
        )
    if _UNKNOWN.search(output):
        return f"kaggle: there is no competition {competition}; look at {page}"
    last_line = output.strip().rpartition("\n")[2]
    said = _SECRET.sub("...", last_line)[:200] or "without a word"
    return (
        f"kaggle: downloading {competition} failed with exit code {exit_code} ({said}); "
        f"run again, {by_hand}"
    )


def _require_whole(archive: Path, advice: str) -> None:
    if not zipfile.is_zipfile(archive):
        raise UserError(f"{archive}: not a whole zip archive; {advice}")
