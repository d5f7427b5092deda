from practical_dl.files.artefacts import write_csv
from practical_dl.files.workbooks import write_workbook
from practical_dl.job.runtime import job
from practical_dl.movies.pages.crosstab import crosstab_page
from practical_dl.movies.pages.learned import components_figure, learned_page
from practical_dl.movies.ratings.tables import read_movie_table, read_names, read_rating_table
from practical_dl.movies.recommender.crosstab import busiest_cells, fit_both, time_look_up
from practical_dl.movies.recommender.factors import read_library
from practical_dl.movies.recommender.learned import describe
from practical_dl.movies.recommender.spreadsheet import make_workbook
from practical_dl.report.page import write_page
from practical_dl.report.plotting import write_figure

with job(snakemake) as log:
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    dataset, pictures = snakemake.wildcards.dataset, params.pictures
    learned = describe(read_library(files.factors), pictures["most_rated"])
    write_csv(output.liking, learned.liking)
    write_csv(output.components, learned.components)
    pair, labels = pictures["components"], pictures["labels"]
    write_figure(
        output.plot, components_figure(learned.components, pair, list(learned.shares), labels)
    )
    write_page(output.page, learned_page(dataset, learned))
    cells = busiest_cells(read_rating_table(files.ratings))
    movies = read_movie_table(files.movies).set_index("movie_id")
    titles = movies["title"].reindex(cells.columns).tolist()
    fits = fit_both(cells, params.seed)
    cells = cells.rename(index=read_names(files.user_names, "user_id"))
    for way, microseconds in time_look_up(fits["without biases"].users).items():
        log.info(f"{way}: {microseconds:.2f} microseconds")
    write_workbook(output.workbook, make_workbook(cells, titles, fits))
    write_page(output.crosstab, crosstab_page(dataset, cells, titles, fits))
