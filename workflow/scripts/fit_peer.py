from pathlib import Path

from practical_dl.artefacts import write_csv
from practical_dl.movies.peers import predict_with
from practical_dl.movies.predictions import predictions_frame, rating_scale
from practical_dl.movies.tables import read_sides
from practical_dl.runtime import job

with job(snakemake) as log:
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
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
    table = predictions_frame(valid, answer.stars, rating_scale(train))
    write_csv(snakemake.output.predictions, table)
