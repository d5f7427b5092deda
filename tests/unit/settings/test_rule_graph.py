"""The picture of the rules: drawn from Snakemake's graph, and current."""

from practical_dl.settings.rule_graph import (
    PICTURE,
    Graph,
    current_picture,
    depths,
    parse,
    reduced,
    svg,
)

DOT = """digraph snakemake_dag {
    graph[bgcolor=white, margin=0];
	0[label = "all", color = "0.00 0.6 0.85", style="rounded"];
	1[label = "plot", color = "0.66 0.6 0.85", style="rounded"];
	2[label = "fit", color = "0.66 0.6 0.85", style="rounded"];
	3[label = "read\\npart: x", color = "0.34 0.6 0.85", style="rounded"];
	1 -> 0
	2 -> 1
	3 -> 1
	3 -> 2
	2 -> 2
}
"""
GRAPH = Graph(
    ("fit", "plot", "read"), frozenset({("fit", "plot"), ("read", "plot"), ("read", "fit")})
)


def test_the_graph_is_read_without_its_target() -> None:
    assert parse(DOT) == GRAPH


def test_an_edge_that_a_longer_way_implies_is_left_out() -> None:
    assert reduced(GRAPH) == {("fit", "plot"), ("read", "fit")}
    assert depths(GRAPH) == {"read": 0, "fit": 1, "plot": 2}


def test_the_picture_has_a_box_a_rule_and_an_arrow_an_edge() -> None:
    picture = svg(GRAPH, {"fit": "movies/models", "read": "movies/ratings"})
    assert picture.count("<path") == 2
    assert picture.count("rx=") == 3
    assert ">movies</text>" in picture
    assert ">shared</text>" in picture


def test_the_picture_in_docs_is_current() -> None:
    assert current_picture() == PICTURE.read_text(), "run `make rulegraph`"
