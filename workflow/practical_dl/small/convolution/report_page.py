"""Page of the convolution: one number followed by hand, all layers, variants and networks."""

from collections.abc import Mapping

import pandas as pd

from practical_dl.report import page as pages
from practical_dl.report.model_graphs import Graph, graphs_figure
from practical_dl.small.convolution.arithmetic import Array, convolve
from practical_dl.small.convolution.network import VARIANTS, Lesson, parameter_table
from practical_dl.small.convolution.plots import (
    filters_figure,
    layer_figure,
    main_figure,
    variants_figure,
)

TITLE = "A convolution by hand: from 784 numbers to one"
FOLLOWED = (6, 17)
FIRST = VARIANTS[0]


def convolution_page(lesson: Lesson, check: pd.DataFrame, networks: Mapping[str, Graph]) -> str:
    """The whole page as HTML; the followed variant is the unpadded one with a max-pool."""
    weights, layers = lesson.weights, lesson.layers
    tables = pd.concat([parameter_table(v, weights[v], layers[v]) for v in VARIANTS])
    own, numbers = weights[FIRST], layers[FIRST]
    shown = {
        "conv1": "The first layer reads the picture: each map answers one filter. Where the edge "
        "has no full 3x3 neighbourhood there is no number, so two rows and columns are lost.",
        "conv2": "The second layer reads both maps at once: its filters are 3x3x2.",
        "pool": "The max-pool keeps the largest of each 2x2 block: a quarter of the numbers.",
    }
    return pages.page(
        TITLE,
        finding(tables, layers[FIRST]),
        [
            pages.picture(
                main_figure(numbers, own, FOLLOWED),
                "Steps 1 to 5 make one number of the first map. Below: all layers, each read by "
                "the next; orange frames mark the same place. Shades are by size.",
            ),
            pages.heading("The filters"),
            pages.picture(
                filters_figure(own),
                "The first layer's filters are the config's; the second layer's are drawn from "
                "its seed, in tenths. Orange is negative.",
            ),
            pages.heading("Every number of every layer"),
            *(
                pages.picture(layer_figure(name, numbers[name]), text)
                for name, text in shown.items()
            ),
            pages.heading("The edge and the stride"),
            pages.picture(
                variants_figure(layers),
                "Zeros around a map keep its size; without them every 3x3 filter costs two rows "
                "and two columns. A stride of two in the second layer takes every other place "
                "instead of pooling. The dense weights are drawn anew for 12x12 and 14x14 places, "
                "so the outputs of padded and unpadded variants cannot be compared.",
            ),
            pages.table(_shown(tables, check)),
            pages.heading("Networks as graphs"),
            pages.picture(
                graphs_figure(networks),
                "Drawn from Keras models. Boxes are inputs, circles hidden activations, "
                "triangles outputs; arrows are layers, with their parameters, biases too. Arrows "
                "of one colour share one set of weights: the recurrent network is the "
                "three-character one as a loop.",
            ),
            pages.fine_print(
                f"All {check['numbers'].sum():,} numbers of {check['variant'].nunique()} variants "
                f"agree with Keras to {check['largest_difference'].max():.1g}.",
                "Beside this page lies convolution.xlsx, with live formulas: change a pixel or a "
                "filter on its yellow cells and watch every layer follow.",
            ),
            pages.code_of(convolve),
        ],
    )


def finding(tables: pd.DataFrame, layers: Mapping[str, Array]) -> str:
    """The followed variant's sizes and output in a sentence."""
    own = tables[tables["variant"] == FIRST.name]
    maps = own[own["layer"].str.startswith("conv")]
    output = layers["dense"][0]
    return (
        f"Two layers of two 3x3 filters and a dense output turn {layers['input'].size} "
        f"numbers into one, {output:.4f}, with {own['parameters'].sum():,} parameters; the two "
        f"convolutions have {maps['parameters'].sum()} of them, because a filter is used at every "
        f"place, where dense layers would have {maps['if_dense'].sum():,}."
    )


def _shown(tables: pd.DataFrame, check: pd.DataFrame) -> pd.DataFrame:
    table = tables.merge(check, on=["variant", "layer", "parameters"], validate="1:1")
    titles = {variant.name: variant.title for variant in VARIANTS}
    return pd.DataFrame(
        {
            "Variant": table["variant"].map(titles),
            "Layer": table["layer"],
            "Shape": table["shape"],
            "Parameters": table["parameters"],
            "A dense layer instead": table["if_dense"].map(lambda n: f"{n:,}" if n else ""),
            "Largest difference from Keras": table["largest_difference"].map("{:.1g}".format),
        }
    )
