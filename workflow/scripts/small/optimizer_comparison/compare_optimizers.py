from typing import Any

from practical_dl.files.artefacts import write_columns, write_csv
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params, output, paths = snakemake.params, snakemake.output, iter(snakemake.input)
    configure_tensorflow(params.seed)
    from practical_dl.images.sample.optimizer_trials import PictureTrials
    from practical_dl.movies.models.optimizer_trials import RatingTrials
    from practical_dl.reviews.models.optimizer_trials import ReviewTrials
    from practical_dl.training.trials import run_trials

    kinds: dict[str, Any] = {
        "images": PictureTrials,
        "movies": RatingTrials,
        "reviews": ReviewTrials,
    }
    seeds = range(params.seed, params.seed + params.seeds)
    for chosen, fits_path, rows_path in zip(params.sets, output.fits, output.rows, strict=True):
        log.info(f"{chosen['pipeline']}: {chosen['dataset']}")
        settings = chosen["settings"]
        inputs = [next(paths) for _ in range(chosen["inputs"])]
        trials = kinds[chosen["pipeline"]].read(inputs, settings, params.seed, log)
        epochs, rates = settings["epochs"], settings["rates"]
        fits, rows = run_trials(trials.fit, epochs, rates, seeds, trials.scored(), log)
        write_csv(fits_path, fits)
        write_columns(rows_path, rows)
