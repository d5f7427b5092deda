"""The work of a job by its settings."""

import pytest

from practical_dl.planning.load import backbone_of, network_work, work


def test_epochs_of_all_schedules_count_and_shared_amounts_multiply() -> None:
    schedules = {"lstm": [[4, 0.005]], "hidden": [[1, 0.001], [2, 0.0002]]}
    assert work({"schedules": schedules}) == 7
    settings = {
        "tokens": {"length": 64, "vocabulary": 200},
        "schedules": schedules,
        "seeds": [1, 2],
    }
    assert work(settings) == 7 * 64 * 2
    assert work({"bayes": {"samples": 60, "chains": 2, "rank": 6}}) == 60 * 2 * 6
    assert work({"bayes": {"samples": 60, "burn_in": 20, "rank": 6}}) == pytest.approx(80 * 6)
    assert work({"schedules": {"hidden": [[1, 0.001], [1, 0.0002]]}}) == 2
    assert work({"epochs": 3, "rates": [0.1, 0.2]}) == 6


def test_the_size_of_a_network_counts_for_its_own_epochs() -> None:
    nets = {
        "rnn": {"units": 4, "schedule": [[6, 0.003]]},
        "lstm": {"units": 16, "schedule": [[1, 0.003]]},
    }
    assert work({"settings": nets}) == pytest.approx(6 * 4**1.4 + 16**1.4)
    pieces = {name: {**net, "length": 40} for name, net in nets.items()}
    assert work({"settings": pieces}) == work({"settings": nets})


def test_what_repeats_nothing_is_not_taken_for_a_schedule() -> None:
    assert work({}) == 1
    assert work({"levels": [0.1, 0.3], "input_size": [48, 64]}) == 2
    assert work({"pairs": [["images", "demo"]], "dropout": 0.5, "seed": 42, "kept": 40}) == 1
    assert work({"filters": [[1, 0, -1], [1, 0, -1]]}) == 1
    assert work({"backbone": {"shards": 4}}) == pytest.approx(1 / 4)


def test_a_picture_costs_a_large_network_more() -> None:
    """VGG16 at 224 has 15.5 billion multiplications; a quarter of MobileNet's width a sixteenth."""
    vgg = {"application": "VGG16", "input_size": [224, 224], "alpha": 1}
    assert network_work(vgg) == 15.5
    assert network_work({**vgg, "input_size": [112, 112]}) == pytest.approx(15.5 / 4)
    small = {"application": "MobileNet", "input_size": [224, 224], "alpha": 0.25}
    assert network_work(small) == pytest.approx(0.6 / 16)
    assert network_work({"onnx": "net.onnx", "input_size": [224, 224]}) == 1


def test_the_backbone_stands_in_the_log_s_name() -> None:
    logs = "results/logs/images/pets"
    assert backbone_of(f"{logs}/extract_features_vgg_demo_labelled_0.log") == "vgg_demo"
    assert backbone_of(f"{logs}/extract_features_vgg16_test_pass2_13.log") == "vgg16"
    assert backbone_of(f"{logs}/fit_head_vgg16.log") is None
