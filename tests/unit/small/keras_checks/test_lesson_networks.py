"""Graphs read off Keras models, and drawn."""

import pytest

from practical_dl.report.model_graphs import graphs_figure
from practical_dl.small.keras_checks import lesson_networks

pytest.importorskip("keras")

from practical_dl.report.keras_graphs import graph_of


def test_three_inputs_share_their_layers() -> None:
    model = lesson_networks.three_inputs()
    graph = graph_of(model)
    roles = [node["role"] for node in graph["nodes"]]
    assert (roles.count("input"), roles.count("output")) == (3, 1)
    uses = [arrow["layer"] for arrow in graph["arrows"]]
    assert uses.count("embed") == uses.count("input_to_hidden") == 3
    assert uses.count("hidden_to_hidden") == 2
    assert sum(arrow["parameters"] for arrow in graph["arrows"]) == model.count_params()
    assert [node["id"] for node in graph["nodes"]] == [str(n) for n in range(len(roles))]


def test_the_recurrent_layer_has_a_loop() -> None:
    graph = graph_of(lesson_networks.recurrent())
    assert [arrow["layer"] for arrow in graph["arrows"] if arrow["loop"]] == ["recurrent"]
    assert [node["shape"] for node in graph["nodes"]] == ["any", "any x 42", "256", "85"]


def test_the_drawing_names_every_layer_with_weights_and_counts_them() -> None:
    models = {title: build() for title, build in lesson_networks.NETWORKS.items()}
    figure = graphs_figure({title: graph_of(model) for title, model in models.items()})
    for axes, (title, model) in zip(figure.axes, models.items(), strict=True):
        assert axes.get_title(loc="left") == f"{title}: {model.count_params():,} parameters"
        texts = " ".join(text.get_text() for text in axes.texts)
        for layer in model.layers:
            if layer.count_params():
                assert f"{layer.name.replace('_', ' ')}\n{layer.count_params():,}" in texts
