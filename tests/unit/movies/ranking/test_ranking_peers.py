import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.movies.ranking.lists import Lists
from practical_dl.movies.ranking.ranking_peers import lists_of, rank_with

OURS = Path(sys.prefix)
ECHO = """
import sys
import pandas as pd
peer, train, users, output, k, seed = sys.argv[1:]
assert (peer, k, seed) == ("echo", "2", "5")
assert list(pd.read_csv(train).columns) == ["user_id", "movie_id"]
users = pd.read_csv(users)["user_id"]
both = pd.concat([pd.DataFrame({"user_id": users, "place": place, "movie_id": users * 10 + place})
                  for place in (2, 1)])
both.to_csv(output, index=False)
"""
TRAIN = pd.DataFrame({"user_id": [7, 4], "movie_id": [1, 2], "rating": 3.0, "timestamp": 0})


def log() -> Log:
    return Log("test", io.StringIO(), io.StringIO())


def test_lists_come_back_in_the_order_of_our_users(tmp_path: Path) -> None:
    program = tmp_path / "echo.py"
    program.write_text(ECHO)
    ours = Lists(np.array([7, 4]), {"ease": np.zeros((2, 2), int)})
    found = rank_with("echo", OURS, program, TRAIN, ours, 5, log())
    assert found.movies["echo"].tolist() == [[71, 72], [41, 42]]


def test_short_lists_end_and_other_users_are_refused() -> None:
    table = pd.DataFrame({"user_id": [4, 4, 7], "place": [1, 3, 1], "movie_id": [5, 6, 8]})
    assert lists_of(table, np.array([7, 4]), 2, "p").tolist() == [[8, -1], [5, -1]]
    with pytest.raises(UserError, match="p: lists for other users"):
        lists_of(table, np.array([4, 9]), 2, "p")
    with pytest.raises(UserError, match="p: lists for other users"):
        lists_of(table.assign(place=0), np.array([4, 7]), 2, "p")


def test_an_absent_environment_is_one_line(tmp_path: Path) -> None:
    ours = Lists(np.array([4, 7]), {"ease": np.zeros((2, 2), int)})
    with pytest.raises(UserError, match="absent; `make peers` installs the peers"):
        rank_with("echo", tmp_path / "none", tmp_path / "x.py", TRAIN, ours, 5, log())
