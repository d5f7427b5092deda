from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.predictions import read_predictions, read_spread
from practical_dl.movies.models.rating_models import LESSON
from practical_dl.movies.models.scores import table_of_models
from practical_dl.movies.pages.model_figures import model_figures
from practical_dl.movies.pages.models import models_page
from practical_dl.movies.ratings.tables import read_notes, read_sides
from practical_dl.report.page import write_page
from practical_dl.report.plotting import write_figure
from practical_dl.training.fit import read_history

with job(snakemake) as log:
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    absent = [peer for peer in params.peers if peer not in params.models]
    if absent:
        log.show(f"without {', '.join(absent)}: `make peers` installs them")
    predictions = read_predictions(params.models, files.predictions)
    table = table_of_models(predictions, params.references, params.seed)
    write_csv(output.table, table)
    notes = read_notes(files.reading)
    write_page(output.page, models_page(snakemake.wildcards.dataset, table, absent, notes))
    histories = dict(zip(LESSON, map(read_history, files.histories), strict=True))
    train, _ = read_sides(files.ratings, files.split)
    spread = read_spread(files.spread)
    figures = model_figures(predictions, histories, spread, train, params.seed)
    for name, figure in figures.items():
        write_figure(output[name], figure)
