from pathlib import Path

from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.peers import predict_with
from practical_dl.movies.models.predictions import predictions_frame
from practical_dl.movies.ratings.tables import read_scale, read_sides

with job(snakemake) as log:
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    scale = read_scale(snakemake.input.reading)
    answer = predict_with(
        snakemake.wildcards.model,
        Path(snakemake.params.environment),
        Path(snakemake.params.program),
        train,
        valid,
        Path(snakemake.input.movies),
        snakemake.params.seed,
        log,
    )
    table = predictions_frame(valid, answer.stars, scale)
    write_csv(snakemake.output.predictions, table)
