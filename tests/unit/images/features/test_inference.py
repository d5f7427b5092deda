from pathlib import Path

import numpy as np
import pytest

from practical_dl.files.artefacts import write_bytes
from practical_dl.files.model_files import save_model
from practical_dl.images.features import backbones, inference
from practical_dl.inspection.inspecting import inspect_file
from practical_dl.job.errors import UserError

keras = pytest.importorskip("keras")
openvino = pytest.importorskip("openvino")

SIZE = (48, 48)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("network")
    keras.utils.set_random_seed(0)
    model = backbones.cut(backbones.build("VGGDemo", SIZE, 1), "VGGDemo", "block4_conv3")
    save_model(folder / "backbone.keras", model)
    write_bytes(folder / "backbone.pb", inference.freeze(model))
    return folder / "backbone.keras", folder / "backbone.pb"


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    """Five pictures, which neither of the batch sizes below divides."""
    small = np.random.default_rng(0).integers(0, 256, (5, 6, 6, 3))
    return small.repeat(8, axis=1).repeat(8, axis=2).astype(np.float32)


def features(
    files: tuple[Path, Path], pictures: np.ndarray, engine: str, precision: str, threads: int = 1
) -> np.ndarray:
    path = inference.file_for(engine, list(map(str, files)))
    network = inference.open_network(path, precision, batch=2, threads=threads)
    return np.concatenate(
        [network.forward(pictures[start : start + 2]) for start in range(0, len(pictures), 2)]
    )


def least_cosine(one: np.ndarray, two: np.ndarray) -> float:
    first, second = one.reshape(len(one), -1), two.reshape(len(two), -1)
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return float(((first * second).sum(axis=1) / norms).min())


def test_both_engines_give_keras_features(files: tuple[Path, Path], pictures: np.ndarray) -> None:
    expected = keras.models.load_model(files[0]).predict(pictures, verbose=0)
    assert expected.std() > 0
    for engine in ("openvino", "keras"):
        given = features(files, pictures, engine, "float32")
        assert given == pytest.approx(expected, rel=1e-3, abs=1e-4 * float(expected.max()))


@pytest.mark.parametrize("engine", ["openvino", "keras"])
def test_bfloat16_features_point_the_same_way(
    files: tuple[Path, Path], pictures: np.ndarray, engine: str
) -> None:
    if engine == "openvino" and inference.choose_precision("auto", engine, False) != "bfloat16":
        pytest.skip("this processor does not multiply in bfloat16")
    exact = features(files, pictures, engine, "float32")
    given = features(files, pictures, engine, "bfloat16")
    assert not np.array_equal(given, exact)
    assert least_cosine(given, exact) > 0.999


def test_a_picture_s_features_do_not_depend_on_threads_or_neighbours(
    files: tuple[Path, Path], pictures: np.ndarray
) -> None:
    precision = inference.choose_precision("auto", "openvino", False)
    one = features(files, pictures, "openvino", precision)
    assert np.array_equal(features(files, pictures, "openvino", precision, threads=2), one)
    turned = features(files, pictures[::-1].copy(), "openvino", precision)
    assert np.array_equal(turned[::-1], one)


def test_the_engine_follows_the_hardware_and_the_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    assert inference.choose_engine("auto", has_gpu=False) == "openvino"
    assert inference.choose_engine("auto", has_gpu=True) == "keras"
    assert inference.choose_engine("keras", has_gpu=False) == "keras"
    assert inference.choose_precision("auto", "keras", has_gpu=True) == "bfloat16"
    assert inference.choose_precision("auto", "keras", has_gpu=False) == "float32"
    assert inference.choose_precision("float32", "openvino", has_gpu=False) == "float32"
    monkeypatch.setattr(inference, "find_spec", lambda _: None)
    assert inference.choose_engine("auto", has_gpu=False) == "keras"
    with pytest.raises(UserError, match="openvino is not installed here; pip install openvino"):
        inference.choose_engine("openvino", has_gpu=False)


def test_a_store_of_an_engine_that_is_absent_is_refused(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openvino", None)
    with pytest.raises(UserError, match="made for openvino, not installed here"):
        inference.open_network(files[1], "float32", 2, 1)


def test_eight_bits_need_openvino_and_nncf(monkeypatch: pytest.MonkeyPatch) -> None:
    assert inference.choose_precision("int8", "openvino", False) == "int8"
    with pytest.raises(UserError, match="needs engine: openvino"):
        inference.choose_precision("int8", "keras", False)
    monkeypatch.setattr(inference, "find_spec", lambda _: None)
    with pytest.raises(UserError, match="pip install nncf"):
        inference.choose_precision("int8", "openvino", False)


@pytest.mark.parametrize("kept", [0.5, 0.999])
def test_a_graph_that_was_cut_off_is_damaged(
    files: tuple[Path, Path], tmp_path: Path, kept: float
) -> None:
    content = files[1].read_bytes()
    path = tmp_path / "backbone.pb"
    path.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(UserError, match=r"backbone\.pb: a damaged network"):
        inference.open_network(path, "float32", batch=2, threads=1)
    assert "a damaged network" in inspect_file(path).described.wrong[0]


def test_a_graph_is_told(files: tuple[Path, Path]) -> None:
    told = inspect_file(files[1]).described
    assert told.facts["input"] == "[?,48,48,3]"
    assert not told.wrong


def test_weights_in_eight_bits_are_read_with_their_graph(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    openvino.save_model(inference.read_graph(files[1]), tmp_path / "small.xml")
    weights = tmp_path / "small.bin"
    assert not inspect_file(weights).described.wrong
    weights.write_bytes(weights.read_bytes()[:1000])
    for path in (weights, tmp_path / "small.xml"):
        assert "small.xml: a damaged network" in inspect_file(path).described.wrong[0]
