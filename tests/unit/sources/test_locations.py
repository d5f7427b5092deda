"""Paths that the configuration stands for."""

from practical_dl.sources.locations import reviews_file


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
