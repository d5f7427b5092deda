import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.conftest import ROOT

from practical_dl.files.artefacts import write_csv
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.movies.models.peers import predict_with
from practical_dl.movies.models.rating_models import PEERS
from practical_dl.movies.plan import PEERS_ENVIRONMENT
from practical_dl.movies.ratings.demo import Demo, make_demo
from practical_dl.movies.ratings.splits import assign_roles, ratings_of

OURS = Path(sys.prefix)
PROGRAM = ROOT / "workflow/peers/predict.py"
ECHO = """
import sys
import pandas as pd
peer, train, asked, movies, output, seed = sys.argv[1:]
given, wanted, known = (pd.read_csv(path) for path in (train, asked, movies))
assert (peer, seed) == ("echo", "5")
assert list(given.columns) == ["user_id", "movie_id", "rating", "timestamp"]
assert list(wanted.columns) == ["user_id", "movie_id", "timestamp"]
assert len(known)
stars = wanted["user_id"] + wanted["movie_id"] / 1000
pd.DataFrame({"prediction": stars}).to_csv(output, index=False)
print("a library's own words")
print('{"cpu": 0.5}')
"""


@pytest.fixture(scope="module")
def demo() -> Demo:
    return make_demo(60, 80, 2_000, 3)


@pytest.fixture
def movies(demo: Demo, tmp_path: Path) -> Path:
    write_csv(tmp_path / "movies.csv", demo.movies)
    return tmp_path / "movies.csv"


def sides(demo: Demo) -> tuple[pd.DataFrame, pd.DataFrame]:
    split = assign_roles(demo.ratings, 0.8, 42)
    return ratings_of("train", demo.ratings, split), ratings_of("valid", demo.ratings, split)


def log() -> Log:
    return Log("test", io.StringIO(), io.StringIO())


def test_rows_go_out_and_predictions_come_back_in_order(
    demo: Demo, movies: Path, tmp_path: Path
) -> None:
    train, valid = sides(demo)
    program = tmp_path / "echo.py"
    program.write_text(ECHO)
    answer = predict_with("echo", OURS, program, train, valid, movies, 5, log())
    assert answer.cost == {"cpu": 0.5}
    np.testing.assert_allclose(answer.stars, valid["user_id"] + valid["movie_id"] / 1000)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise ValueError('no such model')", "echo: ValueError: no such model"),
        (
            "import sys; open(sys.argv[5], 'w').write('prediction\\n3.5\\n'); print('{}')",
            "did not predict each of",
        ),
    ],
)
def test_a_peer_that_fails_is_told_in_one_line(
    demo: Demo, movies: Path, tmp_path: Path, program: str, said: str
) -> None:
    (tmp_path / "program.py").write_text(program)
    with pytest.raises(UserError, match=said):
        predict_with("echo", OURS, tmp_path / "program.py", *sides(demo), movies, 5, log())


def test_an_absent_environment_names_the_command(demo: Demo, movies: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="`make peers` installs"):
        predict_with("myfm", tmp_path / "none", PROGRAM, *sides(demo), movies, 5, log())


@pytest.mark.parametrize("peer", PEERS)
def test_every_peer_beats_the_mean(demo: Demo, movies: Path, peer: str) -> None:
    environment = ROOT / PEERS_ENVIRONMENT
    if not environment.exists():
        pytest.skip("the peers are not installed (make peers)")
    train, valid = sides(demo)
    stars = predict_with(peer, environment, PROGRAM, train, valid, movies, 0, log()).stars
    mean_error = ((valid["rating"] - train["rating"].mean()) ** 2).mean()
    assert ((valid["rating"] - stars) ** 2).mean() < 0.95 * mean_error
