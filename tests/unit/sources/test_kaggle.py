import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.sources.kaggle import download_competition

COMPETITION = "state-farm-distracted-driver-detection"
PAGE = f"https://www.kaggle.com/competitions/{COMPETITION}"
TOKEN = "KGAT_0123456789abcdef0123456789abcdef"
# Stands in for Kaggle's client: takes its arguments, keeps a record of them, then acts.
CLIENT = """#!{python}
import argparse, json, os, pathlib, sys, time, zipfile
parser = argparse.ArgumentParser()
parser.add_argument("group", choices=["competitions"])
parser.add_argument("command", choices=["download"])
parser.add_argument("competition")
parser.add_argument("-p", "--path", required=True)
parser.add_argument("-q", "--quiet", action="store_true")
options = parser.parse_args()
zip_path = pathlib.Path(options.path, options.competition + ".zip")
record = {{"arguments": sys.argv[1:], "token": os.environ.get("KAGGLE_API_TOKEN")}}
record["asked"] = sys.stdin.read()
record["found"] = zip_path.exists()
pathlib.Path({record!r}).write_text(json.dumps(record))
def bring_zip():
    with zipfile.ZipFile(zip_path, "w") as zipped:
        zipped.writestr("driver_imgs_list.csv", "subject,classname,img\\n")
{act}
"""


class Recorder(Log):
    def __init__(self) -> None:
        self.file = io.StringIO()
        super().__init__("download", self.file, io.StringIO())


class Fake:
    """An executable `kaggle` in a folder of its own, alone on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = folder / "record.json"
        folder.mkdir()

    def acts(self, act: str) -> None:
        client = self.folder / "kaggle"
        text = CLIENT.format(python=sys.executable, record=str(self.record), act=act)
        client.write_text(text, encoding="utf-8")
        client.chmod(0o755)

    @property
    def seen(self) -> dict[str, object]:
        record: dict[str, object] = json.loads(self.record.read_text())
        return record


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(fake.folder))
    monkeypatch.setenv("KAGGLE_API_TOKEN", TOKEN)
    return fake


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def refusal(data: Path) -> str:
    log = Recorder()
    with pytest.raises(UserError) as caught:
        download_competition(COMPETITION, data, log)
    assert not (data / f"{COMPETITION}.zip").exists()
    assert TOKEN not in log.file.getvalue()
    assert TOKEN not in str(caught.value)
    return str(caught.value)


def test_the_zip_that_the_client_brings_is_moved_into_place(client: Fake, data: Path) -> None:
    client.acts("bring_zip()")
    log = Recorder()
    archive = download_competition(COMPETITION, data, log)
    assert archive == data / f"{COMPETITION}.zip"
    with zipfile.ZipFile(archive) as zipped:
        assert zipped.namelist() == ["driver_imgs_list.csv"]
    assert list(data.iterdir()) == [archive]
    assert f"{archive}: downloaded {archive.stat().st_size:,} bytes" in log.file.getvalue()


def test_the_client_gets_its_credentials_from_the_environment_only(
    client: Fake, data: Path
) -> None:
    client.acts("bring_zip()")
    download_competition(COMPETITION, data, Recorder())
    partial = str(data / f".partial.{COMPETITION}")
    arguments = ["competitions", "download", COMPETITION, "--path", partial, "--quiet"]
    assert client.seen == {"arguments": arguments, "token": TOKEN, "asked": "", "found": False}


def test_a_zip_that_is_there_is_kept(client: Fake, data: Path) -> None:
    client.acts("bring_zip()")
    archive = download_competition(COMPETITION, data, Recorder())
    client.acts("raise SystemExit(1)")
    client.record.unlink()
    assert download_competition(COMPETITION, data, Recorder()) == archive
    assert not client.record.exists()


def test_a_file_put_there_that_is_no_zip_is_named(client: Fake, data: Path) -> None:
    client.acts("bring_zip()")
    data.mkdir()
    archive = data / f"{COMPETITION}.zip"
    archive.write_bytes(b"PK half")
    with pytest.raises(UserError) as caught:
        download_competition(COMPETITION, data, Recorder())
    assert str(caught.value) == (
        f"{archive}: not a whole zip archive; delete it to download it again"
    )
    assert archive.read_bytes() == b"PK half"


def test_the_client_beside_python_is_found(
    client: Fake, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.acts("bring_zip()")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(client.folder / "python"))
    assert download_competition(COMPETITION, data, Recorder()).is_file()


def test_a_missing_client_says_how_to_get_it(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert refusal(data) == (
        f"kaggle: the client is not installed; run '{tmp_path / 'python'} -m pip install kaggle', "
        f"or download it at {PAGE}/data and put it at {data / COMPETITION}.zip"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Authentication required to call the Kaggle API.\n\nFirst, you will need an account.",
        "401 - Unauthorized",
        "401 Client Error: Unauthorized for url: https://www.kaggle.com/api/v1/competitions",
        "OSError: Could not find kaggle.json. Make sure it's located in /home/me/.kaggle.",
        "Error: Missing username in configuration.",
    ],
)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_missing_credentials_say_where_to_get_them(
    client: Fake, data: Path, words: str, stream: str
) -> None:
    client.acts(f"print({words!r}, file=sys.{stream}); raise SystemExit(1)")
    assert refusal(data) == (
        "kaggle: no valid credentials; create a token at https://www.kaggle.com/settings/api, "
        "save it as ~/.kaggle/access_token (or kaggle.json there, or in KAGGLE_API_TOKEN) and "
        f"run again, or download it at {PAGE}/data and put it at {data / COMPETITION}.zip"
    )


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        ("403 - Forbidden", 1),
        ("403 - Forbidden - You must accept this competition's rules before you'll be able to", 0),
        ("403 Client Error: Forbidden for url: https://www.kaggle.com/api/v1/competitions", 1),
    ],
)
def test_rules_not_accepted_name_their_page(
    client: Fake, data: Path, words: str, exit_code: int
) -> None:
    client.acts(f"print({words!r}); raise SystemExit({exit_code})")
    assert refusal(data) == (
        f"kaggle: the rules of {COMPETITION} are not accepted; open {PAGE}/rules with the account "
        "of your token, accept them (at ended competitions behind 'Late Submission') and run again"
    )


def test_an_unknown_competition_is_named(client: Fake, data: Path) -> None:
    client.acts("print('404 - Not Found'); raise SystemExit(1)")
    assert refusal(data) == f"kaggle: there is no competition {COMPETITION}; look at {PAGE}"


def test_any_other_failure_quotes_the_last_line_without_secrets(client: Fake, data: Path) -> None:
    client.acts(
        "print('Warning: old version')\n"
        "print('cannot reach https://host/file?X-Signature=abc with ' + record['token'])\n"
        "raise SystemExit(3)"
    )
    assert refusal(data).startswith(
        f"kaggle: downloading {COMPETITION} failed with exit code 3 "
        "(cannot reach https://host/file?... with ...); run again, or download it at"
    )


def test_success_without_a_zip_is_a_failure(client: Fake, data: Path) -> None:
    client.acts("pass")
    assert "failed with exit code 0 (without a word); run again" in refusal(data)


def test_half_a_zip_is_removed(client: Fake, data: Path) -> None:
    client.acts("bring_zip(); zip_path.write_bytes(zip_path.read_bytes()[:-30])")
    message = refusal(data)
    assert message.endswith(f"and put it at {data / COMPETITION}.zip")
    assert ".zip: not a whole zip archive; run again, or download it at" in message
    assert list((data / f".partial.{COMPETITION}").iterdir()) == []


def test_what_a_broken_download_left_is_there_for_the_client_to_resume(
    client: Fake, data: Path
) -> None:
    client.acts("zip_path.write_bytes(b'PK'); raise SystemExit(1)")
    refusal(data)
    client.acts("bring_zip()")
    archive = download_competition(COMPETITION, data, Recorder())
    assert client.seen["found"] is True
    assert list(data.iterdir()) == [archive]


def test_the_log_tells_how_much_is_there(
    client: Fake, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practical_dl.sources.kaggle.PROGRESS_SECONDS", 0.05)
    client.acts("zip_path.write_bytes(bytes(3_000_000)); time.sleep(0.3); bring_zip()")
    log = Recorder()
    download_competition(COMPETITION, data, log)
    assert "kaggle: 3 MB so far" in log.file.getvalue()
