from timeit import timeit

import numpy as np

from practical_dl.files.artefacts import write_text
from practical_dl.files.workbooks import write_workbook
from practical_dl.job.runtime import job
from practical_dl.movies.pages.learned_pages import crosstab_page
from practical_dl.movies.ratings.tables import read_movie_table, read_rating_table
from practical_dl.movies.recommender.crosstab import busiest_cells, fit_cells
from practical_dl.movies.recommender.spreadsheet import make_workbook

USERS, MOVIES = 15, 15
REPEATS = 1000

with job(snakemake) as log:
    cells = busiest_cells(read_rating_table(snakemake.input.ratings), USERS, MOVIES)
    movies = read_movie_table(snakemake.input.movies).set_index("movie_id")
    titles = movies["title"].reindex(cells.columns).tolist()
    stars = cells.to_numpy(dtype=np.float64)
    fits = {
        name: fit_cells(stars, biases, snakemake.params.seed)
        for name, biases in (("without biases", False), ("with biases", True))
    }
    table = fits["without biases"].users
    rows, one_hot = np.arange(len(table))[::-1], np.eye(len(table))[::-1]
    for name, look_up in (("look-up", lambda: table[rows]), ("one-hot", lambda: one_hot @ table)):
        log.info(f"{name}: {timeit(look_up, number=REPEATS) / REPEATS * 1e6:.2f} microseconds")
    write_workbook(snakemake.output.workbook, make_workbook(cells, titles, fits))
    write_text(
        snakemake.output.page, crosstab_page(snakemake.wildcards.dataset, cells, titles, fits)
    )
