import pytest

from practical_dl.exports.licences import licence_of


@pytest.mark.parametrize(
    ("backbone", "weights", "identifier"),
    [
        ("vgg16_cut", "imagenet", "cc-by-4.0"),
        ("mobilenet_1.00_224_cut", "imagenet", "apache-2.0"),
        ("resnet50_cut", "imagenet", "mit"),
        ("resnet50v2_cut", "imagenet", "other"),
        ("vgg16_cut", "random", "mit"),
        ("vgg16_cut", "weights/vgg16.npz", "other"),
        ("dino", "", "other"),
    ],
)
def test_the_licence_is_that_of_the_weights(backbone: str, weights: str, identifier: str) -> None:
    assert licence_of({"backbone": backbone, "weights": weights}).identifier == identifier
