from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.pages.protocols import protocols_page
from practical_dl.movies.ratings.tables import read_rating_table
from practical_dl.movies.studies.scores import read_protocols, score_protocols
from practical_dl.report.page import write_page

with job(snakemake):
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    ratings = read_rating_table(files.ratings)
    protocols = read_protocols(
        params.protocols, params.models, ratings, files.splits, files.predictions
    )
    table = score_protocols(protocols, params.seed)
    write_csv(output.table, table)
    write_page(output.page, protocols_page(snakemake.wildcards.dataset, table))
