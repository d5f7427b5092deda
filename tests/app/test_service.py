"""The service: the same answers as the commands, hostile requests, many at once."""

import io
import json
import resource
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

pytest.importorskip("gradio", reason="Gradio is not installed; make test-app has it")
pytest.importorskip("keras")

from fastapi.testclient import TestClient

from practical_dl.app.models import Models
from practical_dl.app.serving import make_app
from practical_dl.cli import main
from practical_dl.files.artefacts import write_csv
from practical_dl.movies.recommender.factors import Library
from tests.app.conftest import first_titles, own_list


@pytest.fixture(scope="module")
def client(results: Path) -> Iterator[TestClient]:
    app = make_app(Models(results), "127.0.0.1")
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def lines_of(capsys: pytest.CaptureFixture[str], *words: str) -> list[Any]:
    """What a command tells as JSON Lines."""
    assert main([*words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def png(width: int, height: int) -> bytes:
    data = io.BytesIO()
    Image.new("1", (width, height)).save(data, "PNG")
    return data.getvalue()


def test_a_photo_is_what_predict_says(
    client: TestClient, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in sorted((results.parent / "data/images/demo/files").iterdir()):
        [told] = lines_of(capsys, "predict", "demo", str(path), "--results", str(results))
        found = client.post("/api/photo", content=path.read_bytes()).json()
        assert found == {name: pytest.approx(told[name], abs=1e-7) for name in ("dark", "light")}


def test_a_review_is_what_review_says(
    client: TestClient, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [told] = lines_of(capsys, "review", "a good bad film", "--results", str(results))
    del told["where"]
    assert client.post("/api/review", content="a good bad film").json() == told


def test_movies_are_what_recommend_says(
    client: TestClient,
    results: Path,
    library: Library,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ratings = dict(zip(first_titles(library), (5.0, 1.5, 4.0), strict=True))
    own = own_list(tmp_path / "own.csv", ratings)
    told = lines_of(capsys, "recommend", "--ratings", str(own), "--results", str(results))
    assert client.post("/api/movies", json=ratings).json() == told
    assert len(told) == 10


def test_what_is_missing_says_which_command_makes_it(client: TestClient, results: Path) -> None:
    answer = client.post("/api/characters", json={"start": "a"})
    assert answer.status_code == 400
    assert "characters" in answer.json()["error"]
    assert client.get("/api/scores").json()["error"].endswith("make it: snakemake --cores 2")
    table = table_of_scores()
    write_csv(results / "comparison.csv", table)
    assert client.get("/api/scores").json() == table.astype(str).to_dict("records")


def table_of_scores() -> Any:
    import pandas as pd

    return pd.DataFrame({"pipeline": ["images"], "dataset": ["demo"], "model": ["head"], "n": [4]})


HOSTILE = {
    "a bomb": (png(20_000, 20_000), "more than 40 megapixels"),
    "cut short": (png(300, 300)[:60], "photo: "),
    "a page": (b"<html><script>alert(1)</script></html>", "not a picture"),
    "an SVG": (b'<svg><image href="file:///etc/passwd"/></svg>', "not a picture"),
    "an archive": (b"PK\x03\x04" + bytes(100), "not a picture"),
    "a path": (b"/etc/passwd", "not a picture"),
    "nothing": (b"", "not a picture"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_photo_gets_a_sentence(client: TestClient, name: str) -> None:
    data, message = HOSTILE[name]
    answer = client.post("/api/photo", content=data)
    assert answer.status_code == 400
    assert message in answer.json()["error"]
    assert "\n" not in answer.json()["error"]


def test_more_than_the_limit_is_not_read(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(400):
            yield bytes(1 << 20)

    assert client.post("/api/photo", content=endless()).status_code == 413
    assert client.post("/api/review", content=b"a" * 200_000).status_code == 413


def test_a_hundred_hostile_photos_and_fifty_requests_at_once_leave_it_answering(
    client: TestClient, results: Path
) -> None:
    photo = (results.parent / "data/images/demo/files/1.png").read_bytes()
    right = client.post("/api/photo", content=photo).json()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bad = [HOSTILE[name][0] for name in HOSTILE] * 13
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda data: client.post("/api/photo", content=data), bad))
        assert {answer.status_code for answer in answers} == {400}
        at_once = threading.Barrier(50)

        def ask(_: int) -> Any:
            at_once.wait()
            return client.post("/api/photo", content=photo).json()

        for found in pool.map(ask, range(50)):
            assert found == {name: pytest.approx(value, abs=1e-6) for name, value in right.items()}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 300_000, "kilobytes; one picture of the limit decoded is 120,000"


@pytest.mark.parametrize(
    "file",
    [
        {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
        {"path": "/tmp/gradio/../../etc/passwd"},
        {"path": "http://example.org/a.png"},
        {"path": "/tmp/gradio/a.png", "url": "http://example.org/a.png"},
        {"path": "/tmp/gradio/a.png", "url": "data:image/png;base64,AAAA"},
    ],
)
def test_no_path_or_address_of_a_request_is_opened(
    client: TestClient, file: dict[str, Any]
) -> None:
    for address in ("/gradio_api/queue/join", "/gradio_api/run/predict", "/gradio_api/call/look"):
        answer = client.post(address, json={"data": [[file]], "fn_index": 0, "session_hash": "a"})
        assert answer.status_code == 400
        assert answer.json() == {"error": "names a file that was not uploaded here"}


def test_files_of_the_machine_are_not_given_out(client: TestClient, results: Path) -> None:
    for path in ("/etc/passwd", str(results / "images/demo/manifest.csv"), "../../etc/passwd"):
        assert client.get(f"/gradio_api/file={path}").status_code in (403, 404)


def test_it_answers_to_its_own_name_alone(client: TestClient) -> None:
    """A page of another site whose name leads here could otherwise ask it."""
    assert client.get("/api/scores", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("address", "content", "message"),
    [
        ("review", b"\xff\xfe", "not UTF-8 at byte 0"),
        ("review", b"zzz", "the model knows none of its words"),
        ("movies", b"[" * 50_000, "no JSON object"),
        ("movies", b'{"No Such Film": 5}', "no such movie"),
        ("movies", b'{"1": 99}', "1: 99 is no rating from"),
        ("movies", b'{"1": NaN}', "1: nan is no rating from"),
    ],
)
def test_a_mistake_is_a_sentence(
    client: TestClient, address: str, content: bytes, message: str
) -> None:
    answer = client.post(f"/api/{address}", content=content)
    assert answer.status_code == 400
    assert message in answer.json()["error"]
