from practical_dl.files.artefacts import write_json
from practical_dl.job.runtime import job
from practical_dl.movies.ranking.lists import write_lists
from practical_dl.movies.ranking.ranking_study import rank_all
from practical_dl.movies.ranking.taste import write_taste
from practical_dl.movies.ratings import tables

with job(snakemake) as log:
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    lists, chosen, taste = rank_all(
        tables.read_rating_table(files.ratings),
        tables.read_movie_table(files.movies),
        tables.read_split_table(files.split),
        tables.read_seen_table(files.seen),
        tables.read_scale(files.reading),
        params.study,
        params.seed,
        log,
    )
    write_lists(output.lists, lists)
    write_json(output.blend, chosen)
    write_taste(output.taste, taste)
