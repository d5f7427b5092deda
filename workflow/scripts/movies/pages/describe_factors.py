from practical_dl.files.artefacts import write_csv, write_text
from practical_dl.job.runtime import job
from practical_dl.movies.pages.learned_pages import learned_page
from practical_dl.movies.pages.plots import components_figure
from practical_dl.movies.recommender.factors import read_library
from practical_dl.movies.recommender.learned import (
    aligned_factors,
    components_table,
    liking_table,
    most_rated,
    neighbours_table,
    principal_components,
)
from practical_dl.report.plotting import write_figure

SHOWN, NEAREST = 20, 5

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    library = read_library(snakemake.input.factors)
    among = most_rated(library, params.most_rated)
    factors = aligned_factors(library, among)
    places, shares = principal_components(factors)
    liking = liking_table(library, among)
    components = components_table(library, among, places)
    nearest = neighbours_table(library, among, factors, SHOWN, NEAREST)
    write_csv(output.liking, liking)
    write_csv(output.components, components)
    write_figure(
        output.plot, components_figure(components, params.components, shares, params.labels)
    )
    rated = len(set(library.rated_movie))
    page = learned_page(snakemake.wildcards.dataset, liking, components, nearest, rated)
    write_text(output.page, page)
