"""ImageNet weights of the networks of keras.applications."""

from pathlib import Path
from typing import TYPE_CHECKING

from practical_dl.images.features.backbones import build
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.job.surroundings import share_downloads
from practical_dl.sources.downloads import download
from practical_dl.sources.publishers import SOURCES, WebFile

if TYPE_CHECKING:
    import keras

LISTED = {
    "VGG16": "vgg16",
    "VGG19": "vgg19",
    "ResNet50": "resnet50",
    "MobileNet": "mobilenet",
    "MobileNetV2": "mobilenet-v2",
}
INPUT_SIZE = (224, 224)


def fetch(application: str, alpha: float, folder: Path, log: Log) -> "keras.Model":
    """The application with its ImageNet weights.

    Networks of the publishers' table come by our own download, which resumes and checks; the
    others by Keras', which checks.

    Raises:
        UserError: the weights cannot be downloaded.
    """
    import keras

    source = SOURCES.get(LISTED.get(application, "")) if alpha == 1 else None
    if isinstance(source, WebFile):
        network = build(application, INPUT_SIZE, alpha)
        file = folder / source.filename
        download(source, file, log)
        network.load_weights(file)
        return network
    share_downloads()
    options = {} if alpha == 1 else {"alpha": alpha}
    constructor = getattr(keras.applications, application)
    try:
        return constructor(
            include_top=False, weights="imagenet", input_shape=(*INPUT_SIZE, 3), **options
        )
    except Exception as error:  # Keras raises bare Exception when a download fails
        raise UserError(
            f"{application}: ImageNet weights could not be downloaded ({error}); "
            "put a weights file on this machine and name it in `weights`"
        ) from error
