from practical_dl.files.artefacts import write_csv
from practical_dl.job.runtime import job
from practical_dl.movies.models.rating_models import CONTENT_STUDY
from practical_dl.movies.pages.content_help import content_figure, content_finding
from practical_dl.movies.ratings.tables import read_sides
from practical_dl.movies.studies.scores import read_content, score_content
from practical_dl.report.plotting import write_figure

with job(snakemake):
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    train, _ = read_sides(files.ratings, files.split)
    shares = params.studies["content_shares"]
    parts = read_content(shares, CONTENT_STUDY, len(train), files.predictions, params.seed)
    content = score_content(parts, "bayes_ratings", params.seed)
    write_csv(output.table, content)
    write_figure(output.plot, content_figure(content, content_finding(content)))
