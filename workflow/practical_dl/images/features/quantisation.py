"""A network in eight bits: its weights and activations as integers on scales of their own.

Post-training quantisation by NNCF: the range of every activation is measured on a few pictures,
and the bias of each layer is corrected for what rounding shifts.
Nagel et al. 2021, A White Paper on Neural Network Quantization.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.images.features.inference import Pictures, read_graph, serialised

CALIBRATION_PICTURES = 128


def calibration_rows(labelled: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The pictures that ranges are measured on, drawn from the `labelled` rows of a manifest."""
    count = min(CALIBRATION_PICTURES, len(labelled))
    drawn = np.random.default_rng(seed).choice(len(labelled), count, replace=False)
    return labelled.iloc[np.sort(drawn)]


def quantise(graph: Path, batches: Sequence[Pictures]) -> tuple[bytes, bytes]:
    """The frozen `graph` in eight bits, as OpenVINO's own format: its .xml and its .bin.

    `batches`: pictures (n, height, width, 3), 0..255, all of one n.
    """
    os.environ["NNCF_CI"] = "1"  # the one switch by which NNCF reports no usage to its makers
    import nncf

    network = read_graph(graph)
    network.reshape(list(batches[0].shape))
    quantised = nncf.quantize(network, nncf.Dataset(batches), subset_size=len(batches))
    return serialised(quantised)
