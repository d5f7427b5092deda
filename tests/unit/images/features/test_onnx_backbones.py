from pathlib import Path
from typing import Any

import numpy as np
import pytest

from practical_dl.images.features import inference, onnx_backbones
from practical_dl.images.features.onnx_backbones import GRAPH, description
from practical_dl.images.features.onnx_features import Asked, map_layout, token_grid
from practical_dl.images.features.onnx_files import read_onnx_file
from practical_dl.job.errors import SettingError, UserError

pytest.importorskip("openvino")
pytest.importorskip("onnx")

from onnx import helper
from tests import onnx_networks as nets

PIXELS: dict[str, Any] = {"scale": [50, 60, 70], "mean": [100, 110, 120], "order": "rgb"}


@pytest.fixture
def pictures() -> np.ndarray:
    """Five pictures, which the batches below do not divide."""
    shape = (5, nets.SIZE, nets.SIZE, 3)
    return np.random.default_rng(0).integers(0, 256, shape).astype(np.float32)


def asked(path: Path, output: str | None, **changes: Any) -> Asked:
    settings = {
        "input_size": (nets.SIZE, nets.SIZE),
        "pixels": PIXELS,
        "tokens": None,
        "channels": None,
        "pool": "none",
    }
    return Asked(str(path), output, **(settings | changes))


def features(path: Path, pictures: np.ndarray, output: str, **changes: Any) -> np.ndarray:
    """Of the prepared network, in batches of two."""
    onnx_backbones.prepare(asked(path, output, **changes), 1, path.parent)
    network = inference.open_network(path.parent / GRAPH, "float32", batch=2, threads=1)
    return np.concatenate([network.forward(pictures[start : start + 2]) for start in (0, 2, 4)])


def expected(
    path: Path, pictures: np.ndarray, output: str, order: str = "rgb", layout: str = "first"
) -> np.ndarray:
    """By ONNX's own reference, from pixels prepared by hand."""
    turned = pictures if order == "rgb" else pictures[..., ::-1]
    given = ((turned - PIXELS["mean"]) / PIXELS["scale"]).astype(np.float32)
    moved = given.transpose(0, 3, 1, 2) if layout == "first" else given
    return np.concatenate([nets.reference(path, output, one[None]) for one in moved])


def close(expected: np.ndarray) -> Any:
    return pytest.approx(expected, rel=1e-3, abs=1e-4 * float(np.abs(expected).max()))


@pytest.mark.parametrize("batch", ["n", 1])
@pytest.mark.parametrize("layout", ["first", "last"])
@pytest.mark.parametrize("order", ["rgb", "bgr"])
def test_features_are_those_of_the_network_on_prepared_pixels(
    tmp_path: Path, pictures: np.ndarray, batch: int | str, layout: str, order: str
) -> None:
    path = nets.maps(tmp_path / "net.onnx", batch, layout)
    given = features(path, pictures, "features", pixels=PIXELS | {"order": order})
    right = expected(path, pictures, "features", order, layout).transpose(0, 2, 3, 1)
    assert right.std() > 0.1
    assert given.shape == (5, nets.GRID, nets.GRID, nets.CHANNELS)
    assert given == close(right)


def test_one_number_is_that_of_every_channel(tmp_path: Path, pictures: np.ndarray) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    one = features(path, pictures, "logits", pixels={"scale": 128, "mean": 127, "order": "rgb"})
    three = {"scale": [128] * 3, "mean": [127] * 3, "order": "rgb"}
    assert np.array_equal(features(path, pictures, "logits", pixels=three), one)


@pytest.mark.parametrize("extra", [0, 1, 5])
def test_tokens_are_places_the_class_s_or_a_mean(
    tmp_path: Path, pictures: np.ndarray, extra: int
) -> None:
    path = nets.tokens(tmp_path / "net.onnx", extra=extra)
    right = expected(path, pictures, "tokens")
    grid = features(path, pictures, "tokens", tokens="map")
    assert grid == close(right[:, extra:].reshape(5, nets.GRID, nets.GRID, nets.CHANNELS))
    mean = features(path, pictures, "tokens", tokens="mean")
    assert mean == close(right[:, extra:].mean(axis=1))
    if extra:
        assert features(path, pictures, "tokens", tokens="class") == close(right[:, 0])


def test_maps_are_pooled_as_those_of_keras_are(tmp_path: Path, pictures: np.ndarray) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    right = expected(path, pictures, "features").transpose(0, 2, 3, 1)
    quarters = right.reshape(5, 4, 2, 4, 2, nets.CHANNELS)
    assert features(path, pictures, "features", pool="max2") == close(quarters.max(axis=(2, 4)))
    assert features(path, pictures, "features", pool="max") == close(right.max(axis=(1, 2)))
    assert features(path, pictures, "features", pool="average") == close(right.mean(axis=(1, 2)))


@pytest.mark.parametrize("output", ["pooled", "logits"])
def test_inner_tensors_and_outputs_can_be_vectors(
    tmp_path: Path, pictures: np.ndarray, output: str
) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    assert features(path, pictures, output) == close(expected(path, pictures, output))


def test_how_everything_was_taken_is_said(tmp_path: Path) -> None:
    path = nets.tokens(tmp_path / "net.onnx", batch=1)
    found = onnx_backbones.prepare(asked(path, "tokens", tokens="map"), 1, tmp_path)
    assert found["said"] == [
        "takes one at once, channels first, RGB as (x - [100, 110, 120]) / [50, 60, 70]",
        "stores tokens [1, 65, 6]: 65 tokens of 6: 1, then 8x8 places, of which the places",
    ]
    assert found["layer_shape"] == [8, 8, 6]
    assert found["parameters"] > nets.CHANNELS * 3 * nets.PATCH**2


@pytest.mark.parametrize(
    ("output", "changes", "said"),
    [
        (None, {}, r"output: which tensor's values are to be stored\? Candidates: logits \[n, 5\]"),
        (None, {}, r"pooled \[n, 6\]"),
        (None, {}, r"features \[n, 6, 8, 8\]"),
        ("featurs", {}, r"no tensor 'featurs', did you mean features\? Candidates: logits"),
        ("features", {"input_size": (16, 16)}, r"input_size: \[16, 16\], but .*x \[\?,3,32,32\]"),
        ("features", {"tokens": "class"}, r"tokens: class, but features \[n, 6, 8, 8\] has none"),
        ("logits", {"channels": "last"}, r"channels: last, but logits \[n, 5\] has none"),
        ("logits", {"pool": "average"}, "pool: average, but logits gives no map to pool"),
    ],
)
def test_settings_that_do_not_fit_are_told_by_their_key(
    tmp_path: Path, output: str | None, changes: dict[str, Any], said: str
) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    with pytest.raises(SettingError, match=said):
        onnx_backbones.prepare(asked(path, output, **changes), 1, tmp_path)
    assert not (tmp_path / GRAPH).exists()


def test_tokens_are_asked_for(tmp_path: Path) -> None:
    path = nets.tokens(tmp_path / "net.onnx")
    with pytest.raises(
        SettingError, match=r"tokens: tokens has 65 tokens of 6: 1, then 8x8 places"
    ):
        onnx_backbones.prepare(asked(path, "tokens"), 1, tmp_path)
    without = nets.tokens(tmp_path / "without.onnx", extra=0)
    with pytest.raises(SettingError, match="none is the class's"):
        onnx_backbones.prepare(asked(without, "tokens", tokens="class"), 1, tmp_path)
    many = nets.tokens(tmp_path / "many.onnx", extra=13)
    with pytest.raises(SettingError, match="77 tokens are no grid of a picture of 32x32"):
        onnx_backbones.prepare(asked(many, "tokens", tokens="map"), 1, tmp_path)


def test_channels_are_asked_for_where_the_shape_does_not_tell(
    tmp_path: Path, pictures: np.ndarray
) -> None:
    """The pixels themselves, (n, 3, 32, 32), tell; a cube of 8 would not."""
    sizes = [8, 8, 8]
    path = tmp_path / "net.onnx"
    with pytest.raises(SettingError, match=r"channels: say whether those of cube .* first or last"):
        map_layout(sizes, asked(path, "cube"))
    assert map_layout(sizes, asked(path, "cube", channels="last")) == "NHWC"
    assert map_layout([6, 8, 8], asked(path, "map")) == "NCHW"
    assert map_layout([8, 8, 6], asked(path, "map")) == "NHWC"
    assert map_layout([64, 2, 3], asked(path, "map", input_size=(64, 96))) == "NCHW"
    nets.maps(path)
    last = features(path, pictures, "features", channels="last")
    assert last.shape == (5, nets.CHANNELS, nets.GRID, nets.GRID)


def test_pictures_that_change_each_other_are_refused(tmp_path: Path) -> None:
    path = nets.mixing(tmp_path / "net.onnx")
    with pytest.raises(UserError, match="change with chance or with the others in its batch"):
        onnx_backbones.prepare(asked(path, "mixed"), 1, tmp_path)


@pytest.mark.parametrize("batch", ["n", 1])
def test_chance_is_refused(tmp_path: Path, batch: int | str) -> None:
    nodes = [
        helper.make_node("RandomNormalLike", ["x"], ["noise"]),
        helper.make_node("Add", ["x", "noise"], ["y"]),
    ]
    path = nets.save(tmp_path / "net.onnx", nodes, [batch, 3, nets.SIZE, nets.SIZE], ["y"], [])
    with pytest.raises(UserError, match="change with chance or with the others in its batch"):
        onnx_backbones.prepare(asked(path, "y"), 1, tmp_path)


@pytest.mark.parametrize(
    ("count", "size", "grid"),
    [
        (197, (224, 224), (14, 14)),
        (261, (224, 224), (16, 16)),
        (50, (224, 224), (7, 7)),
        (49, (224, 224), (7, 7)),
        (141, (224, 160), (14, 10)),
        (256, (260, 260), (16, 16)),
        (1025, (512, 512), (32, 32)),
    ],
)
def test_places_are_those_of_a_patch_size(
    count: int, size: tuple[int, int], grid: tuple[int, int]
) -> None:
    assert token_grid(count, size) == grid


def test_pictures_come_first_in_what_is_stored(tmp_path: Path) -> None:
    """Tokens first, (65, 1, 6), would pass for one place of 65 pictures."""
    path = nets.tokens(tmp_path / "net.onnx", batch=1, turned=True)
    with pytest.raises(SettingError, match="output: its first size is not that of the batch"):
        onnx_backbones.prepare(asked(path, "tokens", tokens="map"), 1, tmp_path)


def test_halves_are_read_as_others(tmp_path: Path, pictures: np.ndarray) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    right = expected(path, pictures, "features").transpose(0, 2, 3, 1)
    given = features(nets.in_halves(path), pictures, "features")
    assert given == pytest.approx(right, rel=1e-2, abs=1e-2 * float(right.max()))
    assert given.dtype == np.float32


def test_a_batch_of_several_is_refused(tmp_path: Path) -> None:
    path = nets.maps(tmp_path / "net.onnx", batch=4)
    with pytest.raises(UserError, match="takes 4 pictures at once; export it with a free batch"):
        onnx_backbones.prepare(asked(path, "features"), 1, tmp_path)


def test_the_description_names_the_file_by_its_sum(tmp_path: Path) -> None:
    path = nets.maps(tmp_path / "net.onnx")
    asked_for = asked(path, "features", pool="average")
    found = onnx_backbones.prepare(asked_for, 1, tmp_path)
    told = description(asked_for, read_onnx_file(path), found, "bfloat16")
    assert told["weights_sha256"] == read_onnx_file(path).sha256()
    assert (told["backbone"], told["layer"], told["pool"]) == ("net", "features", "average")
    assert (told["engine"], told["precision"]) == ("openvino", "bfloat16")
    assert told["feature_shape"] == [nets.CHANNELS]
    assert told["made_by"] == "a test"
    described = inference.read_graph(tmp_path / GRAPH)
    assert described.get_friendly_name() == "net"


@pytest.fixture(params=["efficientnet_lite0", "efficientnet_lite2"])
def efficientnet(request: pytest.FixtureRequest, real_data: Path) -> tuple[Path, int]:
    size = {"efficientnet_lite0": 224, "efficientnet_lite2": 260}[request.param]
    return real_data / f"weights/{request.param}_imagenet.onnx", size


def test_real_networks_give_what_openvino_gives(
    efficientnet: tuple[Path, int], tmp_path: Path
) -> None:
    """Within a thousandth of OpenVINO's own output on the same pixels, prepared by hand."""
    import openvino

    path, size = efficientnet
    shape = (3, size // 20, size // 20, 3)
    small = np.random.default_rng(0).integers(0, 256, shape)
    pictures = small.repeat(20, axis=1).repeat(20, axis=2).astype(np.float32)
    pictures = np.pad(pictures, [(0, 0), *[(0, size - pictures.shape[1])] * 2, (0, 0)])
    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    plain = openvino.Core().compile_model(path, "CPU", settings)
    right = plain([((pictures - 127) / 128).transpose(0, 3, 1, 2)])["features"]
    pixels = {"scale": 128, "mean": 127, "order": "rgb"}
    wanted = asked(path, "features", input_size=(size, size), pixels=pixels)
    onnx_backbones.prepare(wanted, 1, tmp_path)
    network = inference.open_network(tmp_path / GRAPH, "float32", 2, 1)
    given = np.concatenate([network.forward(pictures[:2]), network.forward(pictures[2:])])
    right = right.transpose(0, 2, 3, 1)
    assert right.max() > 1
    assert given == pytest.approx(right, rel=1e-3, abs=1e-3 * float(right.max()) / 10)
