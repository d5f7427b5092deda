"""The feature store: speed and memory of extraction, and of reading. `make bench` runs it."""

import argparse
import os

from rich.console import Console

from practical_dl.job.runtime import configure_tensorflow, limit_threads
from tests.bench.extraction import speed_table
from tests.bench.memory import peak_memory
from tests.bench.onnx_extraction import onnx_table
from tests.bench.quality import quality_table
from tests.bench.reading import reading_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=240)
    parser.add_argument("--gigabytes", type=float, default=4.0)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    console = Console(width=160)
    sizes = (arguments.images, 3 * arguments.images)
    peaks = [peak_memory(images, arguments.threads) for images in sizes]
    text = ", ".join(
        f"{peak:,.0f} MB at {images} images" for images, peak in zip(sizes, peaks, strict=True)
    )
    console.print(f"VGG16 extraction, peak memory: {text}")
    console.print(reading_table(arguments.gigabytes, arguments.threads, arguments.pairs))
    limit_threads(arguments.threads)
    configure_tensorflow(seed=0)
    console.print(quality_table())
    console.print(speed_table(arguments.images, arguments.threads))
    console.print(onnx_table(arguments.images, arguments.threads))


if __name__ == "__main__":
    main()
