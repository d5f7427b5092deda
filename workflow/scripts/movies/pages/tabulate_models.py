from practical_dl.files.artefacts import write_csv, write_text
from practical_dl.files.predictions import read_value_predictions
from practical_dl.job.runtime import job
from practical_dl.movies.pages.model_table import table_of_models
from practical_dl.movies.pages.rating_pages import models_page

with job(snakemake) as log:
    absent = [peer for peer in snakemake.params.peers if peer not in snakemake.params.models]
    if absent:
        log.show(f"without {', '.join(absent)}: `make peers` installs them")
    predictions = {
        model: read_value_predictions(path)
        for model, path in zip(snakemake.params.models, snakemake.input.predictions, strict=True)
    }
    table = table_of_models(predictions, ("bias", "bayes", "bayes_time"), snakemake.params.seed)
    write_csv(snakemake.output.table, table)
    write_text(snakemake.output.page, models_page(snakemake.wildcards.dataset, table, absent))
