from pathlib import Path

import pytest

from practical_dl.files.artefacts import write_csv
from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.links import read_links
from practical_dl.movies.ratings.rating_set import no_links
from practical_dl.movies.ratings.tables import read_link_table


def test_numbers_at_imdb_are_read_and_survive_their_file(tmp_path: Path) -> None:
    rows = "movieId,imdbId,tmdbId\r\n1,0114709,862\r\n2,,\r\n3,0113228,\r\n"
    (tmp_path / "links.csv").write_text(rows)
    links = read_links(tmp_path)
    assert links.to_numpy().tolist() == [[1, 114709], [3, 113228]]
    write_csv(tmp_path / "made.csv", links)
    assert read_link_table(tmp_path / "made.csv").equals(links)
    write_csv(tmp_path / "none.csv", no_links())
    assert read_link_table(tmp_path / "none.csv").equals(no_links())


def test_a_release_without_links_has_none(tmp_path: Path) -> None:
    assert read_links(tmp_path).empty
    (tmp_path / "links.csv").write_text("from,to\na,b\n")
    assert read_links(tmp_path).empty


@pytest.mark.parametrize("row", ["x,1,2", "1", "1,tt5,2"])
def test_a_damaged_row_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    (tmp_path / "links.csv").write_text(f"movieId,imdbId,tmdbId\n1,5,6\n{row}\n")
    with pytest.raises(UserError, match=r"links\.csv:3: .* is not movieId,imdbId as numbers"):
        read_links(tmp_path)


def test_the_real_release_links_every_movie(real_data: Path) -> None:
    links = read_links(real_data / "ml-latest-small")
    assert len(links) == 9742
    assert links["imdb_id"].is_unique
