"""Publishers' table: address, size, checksum and terms of every source that is fetched.

Sizes and SHA-256 sums of MovieLens, IMDB and GloVe are those that several independent projects
recorded (TensorFlow Datasets among them) and, for MovieLens, agree with the MD5 files that
GroupLens puts beside its archives. MD5 sums of weights and of the word index are those that
Keras checks; it publishes none for its MobileNets. Nobody publishes one for nietzsche.txt.
"""

from dataclasses import dataclass

_GROUPLENS = "https://files.grouplens.org/datasets/movielens/"
_KERAS_DATASETS = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
_KERAS_WEIGHTS = "https://storage.googleapis.com/tensorflow/keras-applications/"

_RESEARCH_ONLY = "research use, acknowledge GroupLens, no commercial use without permission"
_GROUPLENS_SHARED = f"{_RESEARCH_ONLY}, redistribution under the same terms"
_GROUPLENS_NOT_SHARED = f"{_RESEARCH_ONLY}, no redistribution without permission"
_VGG_TERMS = "Oxford VGG, Creative Commons Attribution"
_MOBILENET_TERMS = "Google, Apache-2.0"


@dataclass(frozen=True)
class WebFile:
    """A file that anyone may download: `size` in bytes, sums in hexadecimal, None if unknown."""

    name: str
    url: str
    what: str
    terms: str
    size: int | None = None
    sha256: str | None = None
    md5: str | None = None

    @property
    def filename(self) -> str:
        return self.url.rpartition("/")[2]


@dataclass(frozen=True)
class Competition:
    """A Kaggle competition, whose data its own client downloads for those who accepted its rules.

    `name` is Kaggle's name for it, as in its page's address.
    """

    name: str
    what: str
    terms: str = "Kaggle competition rules: to be accepted by each user, no redistribution"


_SOURCES: tuple[WebFile | Competition, ...] = (
    WebFile(
        "ml-latest-small",
        f"{_GROUPLENS}ml-latest-small.zip",
        "MovieLens latest small, release of 2018-09-26: 100,836 ratings; replaced now and then",
        _GROUPLENS_SHARED,
        size=978_202,
        sha256="696d65a3dfceac7c45750ad32df2c259311949efec81f0f144fdfb91ebc9e436",
    ),
    WebFile(
        "ml-latest",
        f"{_GROUPLENS}ml-latest.zip",
        "MovieLens latest, release of 2023-07-20: 33 million ratings; replaced now and then",
        _GROUPLENS_SHARED,
        size=350_896_731,
        sha256="66a9e518c747d76b241d9a859b001a2619d3ed1672ceef599eb50daf73a7b4a3",
    ),
    WebFile(
        "ml-100k",
        f"{_GROUPLENS}ml-100k.zip",
        "MovieLens 100K of 1998: 100,000 ratings",
        _GROUPLENS_NOT_SHARED,
        size=4_924_029,
        sha256="50d2a982c66986937beb9ffb3aa76efe955bf3d5c6b761f4e3a7cd717c6a3229",
    ),
    WebFile(
        "ml-1m",
        f"{_GROUPLENS}ml-1m.zip",
        "MovieLens 1M of 2003: 1,000,209 ratings",
        _GROUPLENS_NOT_SHARED,
        size=5_917_549,
        sha256="a6898adb50b9ca05aa231689da44c217cb524e7ebd39d264c56e2832f2c54e20",
    ),
    WebFile(
        "ml-10m",
        f"{_GROUPLENS}ml-10m.zip",
        "MovieLens 10M of 2009: 10,000,054 ratings",
        _GROUPLENS_NOT_SHARED,
        size=65_566_137,
        sha256="813c411ccb6122564edfe752e7f80c4dcc5aa25fa94c93622f6877a7ba252862",
    ),
    WebFile(
        "ml-20m",
        f"{_GROUPLENS}ml-20m.zip",
        "MovieLens 20M, as updated in October 2016: 20,000,263 ratings",
        _GROUPLENS_SHARED,
        size=198_702_078,
        sha256="96f243c338a8665f6bcc89c53edf6ee39162a846940de6b7c8c48aeada765ff3",
    ),
    WebFile(
        "ml-25m",
        f"{_GROUPLENS}ml-25m.zip",
        "MovieLens 25M of December 2019: 25,000,095 ratings",
        _GROUPLENS_SHARED,
        size=261_978_986,
        sha256="8b21cfb7eb1706b4ec0aac894368d90acf26ebdfb6aced3ebd4ad5bd1eb9c6aa",
    ),
    WebFile(
        "ml-32m",
        f"{_GROUPLENS}ml-32m.zip",
        "MovieLens 32M of October 2023: 32,000,204 ratings",
        _GROUPLENS_SHARED,
        size=238_950_008,
        sha256="e4a68655d7386b8f95f2f2424b2ff975dfdd15ffd59e0d864a14dca43e99d6ee",
    ),
    WebFile(
        "imdb",
        "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
        "Large Movie Review Dataset v1.0: 50,000 labelled and 50,000 unlabelled reviews",
        "none stated; cite Maas et al., ACL 2011",
        size=84_125_825,
        sha256="c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
    ),
    WebFile(
        "imdb-word-index",
        f"{_KERAS_DATASETS}imdb_word_index.json",
        "the word index of keras.datasets.imdb: 88,584 words by frequency",
        "none stated; made from the Large Movie Review Dataset",
        size=1_641_221,
        md5="bfafd718b763782e994055a2d397834f",
    ),
    WebFile(
        "glove-6b",
        "https://nlp.stanford.edu/data/glove.6B.zip",
        "GloVe vectors of 400,000 words from 6 billion tokens, in 50, 100, 200 and 300 dimensions",
        "Public Domain Dedication and License 1.0",
        size=862_182_613,
        sha256="617afb2fe6cbd085c235baf7a465b96f4112bd7f7ccb2b2cbd649fed9cbcf2fb",
    ),
    WebFile(
        "nietzsche",
        "https://s3.amazonaws.com/text-datasets/nietzsche.txt",
        "writings of Nietzsche in English, the corpus of the Keras character model",
        "public domain (Project Gutenberg)",
        size=600_901,
    ),
    WebFile(
        "vgg16",
        f"{_KERAS_WEIGHTS}vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
        "VGG16 trained on ImageNet, without its dense layers",
        _VGG_TERMS,
        size=58_889_256,
        md5="6d6bbae143d832006294945121d1f1fc",
    ),
    WebFile(
        "vgg19",
        f"{_KERAS_WEIGHTS}vgg19/vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5",
        "VGG19 trained on ImageNet, without its dense layers",
        _VGG_TERMS,
        size=80_134_624,
        md5="253f8cb515780f3b799900260a226db6",
    ),
    WebFile(
        "resnet50",
        f"{_KERAS_WEIGHTS}resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
        "ResNet50 trained on ImageNet, without its dense layer",
        "Kaiming He, MIT",
        size=94_765_736,
        md5="4d473c1dd8becc155b73f8504c6f6626",
    ),
    WebFile(
        "mobilenet",
        f"{_KERAS_WEIGHTS}mobilenet/mobilenet_1_0_224_tf_no_top.h5",
        "MobileNet 1.0, 224 pixels, trained on ImageNet, without its dense layer",
        _MOBILENET_TERMS,
        size=17_225_924,
    ),
    WebFile(
        "mobilenet-v2",
        f"{_KERAS_WEIGHTS}mobilenet_v2/"
        "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5",
        "MobileNetV2 1.0, 224 pixels, trained on ImageNet, without its dense layer",
        _MOBILENET_TERMS,
        size=9_406_464,
    ),
    Competition(
        "state-farm-distracted-driver-detection",
        "State Farm: 22,424 labelled and 79,726 test pictures of drivers, 640x480, 10 classes",
    ),
    Competition(
        "dogs-vs-cats-redux-kernels-edition",
        "Dogs vs. Cats Redux: 25,000 labelled and 12,500 test pictures",
    ),
    Competition(
        "the-nature-conservancy-fisheries-monitoring",
        "Nature Conservancy fisheries: pictures from boats, 8 classes of catch",
    ),
)

SOURCES: dict[str, WebFile | Competition] = {source.name: source for source in _SOURCES}
