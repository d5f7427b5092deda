from pathlib import Path

from practical_dl.job.runtime import job
from practical_dl.movies.ranking.lists import read_lists, write_lists
from practical_dl.movies.ranking.ranking_peers import rank_with
from practical_dl.movies.ranking.ranking_splits import sides_of
from practical_dl.movies.ratings.tables import read_rating_table, read_split_table

with job(snakemake) as log:
    files, params = snakemake.input, snakemake.params
    ratings, roles = read_rating_table(files.ratings), read_split_table(files.split)
    lists = {
        split: rank_with(
            snakemake.wildcards.model,
            Path(params.environment),
            Path(params.program),
            sides_of(split, ratings, roles, params.split["train_share"])[0],
            ours,
            params.seed,
            log,
        )
        for split, ours in read_lists(files.lists).items()
    }
    write_lists(snakemake.output.lists, lists)
