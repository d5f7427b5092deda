"""Paths that the configuration stands for."""

from pathlib import Path

from practical_dl.sources.locations import has_unlabelled, reviews_file


def test_vectors_of_a_demo_are_those_that_come_with_it() -> None:
    definition = {"source": {"demo": {}}, "vectors": {"glove": "demo"}}
    config = {"data_root": "data", "reviews": {"made_up": definition}}
    assert reviews_file(config, "made_up", "vectors", "glove") == "data/reviews/made_up/vectors.txt"
    own = {**definition, "source": {"imdb": {}}}
    assert (
        reviews_file({**config, "reviews": {"own": own}}, "own", "vectors", "glove") == "data/demo"
    )
    absent = {**definition, "vectors": {"glove": None}}
    assert reviews_file({**config, "reviews": {"own": absent}}, "own", "vectors", "glove") is None


def test_unlabelled_reviews_are_known_where_they_are_there_or_said(tmp_path: Path) -> None:
    def known(**settings: object) -> bool:
        source = {"imdb": {"path": None, "unlabelled": None, **settings}}
        config = {"data_root": str(tmp_path), "reviews": {"films": {"source": source}}}
        return has_unlabelled(config, "films")

    assert known()
    assert not known(unlabelled=False)
    assert not known(path="aclImdb.tar")
    assert known(path="aclImdb.tar", unlabelled=True)
    (tmp_path / "aclImdb/train/pos").mkdir(parents=True)
    assert not known(path="aclImdb")
    (tmp_path / "aclImdb/train/unsup").mkdir()
    assert known(path="aclImdb")
    assert known(path=".")
    assert not has_unlabelled({"reviews": {"demo": {"source": {"demo": {}}}}}, "demo")
    table = {"source": {"table": {"unlabelled": "more.csv"}}}
    assert has_unlabelled({"reviews": {"mine": table}}, "mine")
