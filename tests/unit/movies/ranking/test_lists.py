from pathlib import Path

import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.lists import Lists, joined_lists, read_lists, write_lists

USERS = np.array([4, 7])
EASE, BLEND, KNN = (np.array([[number, 2], [3, -1]]) for number in (1, 8, 9))


def test_lists_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_lists(tmp_path / "lists.h5", {"random": Lists(USERS, {"blend": BLEND, "ease": EASE})})
    found = read_lists(tmp_path / "lists.h5")["random"]
    assert found.users.tolist() == [4, 7]
    assert {name: lists.tolist() for name, lists in found.movies.items()} == {
        "blend": BLEND.tolist(),
        "ease": EASE.tolist(),
    }


def test_peers_join_in_the_order_of_the_titles_and_other_users_are_refused(tmp_path: Path) -> None:
    ours, peer, other = (tmp_path / f"{name}.h5" for name in ("ours", "peer", "other"))
    write_lists(ours, {"random": Lists(USERS, {"blend": BLEND, "ease": EASE})})
    write_lists(peer, {"random": Lists(USERS, {"lenskit_knn": KNN})})
    write_lists(other, {"random": Lists(USERS + 1, {"lenskit_knn": KNN})})
    assert list(joined_lists([ours, peer])["random"].movies) == ["ease", "blend", "lenskit_knn"]
    with pytest.raises(UserError, match=r"other.h5: random: other users than in"):
        joined_lists([ours, other])


def test_a_list_that_is_too_short_is_refused(tmp_path: Path) -> None:
    write_lists(tmp_path / "lists.h5", {"random": Lists(USERS, {"ease": EASE[:1]})})
    with pytest.raises(UserError, match="not one list per user"):
        read_lists(tmp_path / "lists.h5")
