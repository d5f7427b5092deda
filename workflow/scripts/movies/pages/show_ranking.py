from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.pages.ranking import coverage_figure, ranking_page
from practical_dl.movies.ranking.lists import joined_lists
from practical_dl.movies.ranking.ranking_scores import score_lists, truths_of
from practical_dl.movies.ratings import tables
from practical_dl.report.page import write_page
from practical_dl.report.plotting import write_figure

with job(snakemake) as log:
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    if params.absent:
        log.show(f"without {', '.join(params.absent)}: `make peers` installs them")
    lists = joined_lists([files.lists, *files.peers])
    ratings, roles = tables.read_rating_table(files.ratings), tables.read_split_table(files.split)
    movies = len(tables.read_movie_table(files.movies))
    scale, liked = tables.read_scale(files.reading), params.ranking["liked"]
    truths = truths_of(
        list(lists), ratings, roles, params.split["train_share"], movies, scale, liked
    )
    table = score_lists(lists, truths, params.seed)
    write_csv(output.table, table)
    size = (len(ratings), movies)
    write_page(output.page, ranking_page(snakemake.wildcards.dataset, table, params.absent, size))
    write_figure(output.accuracy_and_coverage, coverage_figure(table))
