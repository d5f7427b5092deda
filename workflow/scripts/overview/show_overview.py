from practical_dl.files.artefacts import read_csv, write_csv
from practical_dl.images.pictures.measuring import DROPPED_COLUMNS
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import as_html, read_comparisons
from practical_dl.overview.front_page import front_page
from practical_dl.overview.references import read_references
from practical_dl.overview.techniques import read_gains, techniques
from practical_dl.report.page import write_page

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    table = read_comparisons(snakemake.input.comparisons)
    write_csv(output.comparison, table)
    write_page(output.page, as_html(table))
    demos = {tuple(names) for names in params.demos}
    lists = zip(params.dropping, snakemake.input.dropped, strict=True)
    dropped = {name: len(read_csv(path, DROPPED_COLUMNS)) for name, path in lists}
    sets = [tuple(names) for names in params.with_tables]
    gained = techniques(dict(zip(sets, map(read_gains, snakemake.input.tables), strict=True)))
    looks = [tuple(pair) for pair in params.looks]
    page = front_page(table, read_references(), dict(params.ran), demos, dropped, gained, looks)
    write_page(output.front_page, page)
