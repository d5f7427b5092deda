from practical_dl.files.artefacts import write_csv, write_text
from practical_dl.job.runtime import job
from practical_dl.movies.models.rating_models import CONTENT_STUDY, REFERENCES
from practical_dl.movies.pages.content_help import content_figure, content_finding
from practical_dl.movies.pages.protocols import protocols_page
from practical_dl.movies.ratings.splits import ratings_of
from practical_dl.movies.ratings.tables import read_rating_table, read_split_table
from practical_dl.movies.studies import scores
from practical_dl.report.plotting import write_figure

with job(snakemake):
    files, params, output = snakemake.input, snakemake.params, snakemake.output
    studies, seed = params.studies, params.seed
    ratings = read_rating_table(files.ratings)
    train = ratings_of("train", ratings, read_split_table(files.split))
    protocols = scores.read_protocols(
        studies["protocols"], REFERENCES, ratings, files.splits, files.by_protocol
    )
    table = scores.score_protocols(protocols, seed)
    write_csv(output.protocols, table)
    write_text(output.page, protocols_page(snakemake.wildcards.dataset, table))
    shares = studies["content_shares"]
    parts = scores.read_content(shares, CONTENT_STUDY, len(train), files.by_share, seed)
    content = scores.score_content(parts, "bayes_ratings", seed)
    write_csv(output.content, content)
    write_figure(output.plot, content_figure(content, content_finding(content)))
