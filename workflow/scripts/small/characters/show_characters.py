from practical_dl.files.artefacts import read_json, write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.overview.comparison import comparison, read_seconds
from practical_dl.report.page import write_page
from practical_dl.small.characters.parts import learned_by_model
from practical_dl.small.characters.report_page import Results, characters_page, epochs_page
from practical_dl.small.characters.samples import read_samples
from practical_dl.small.characters.scores import closing_tables, read_held_out, reports
from practical_dl.training.fit import read_history

with job(snakemake):
    params, input, output = snakemake.params, snakemake.input, snakemake.output
    dataset, learned = snakemake.wildcards.dataset, learned_by_model(params.text)
    results = Results(
        learned,
        dict(zip(learned, map(read_held_out, input.held_out, learned.values()), strict=True)),
        dict(zip(learned, map(read_history, input.histories), strict=True)),
        dict(zip(learned, map(read_samples, input.generated), strict=True)),
        dict(zip(learned, map(read_json, input.fits), strict=True)),
        params.has_tags,
    )
    closing = closing_tables(results.held_out, learned) if params.has_tags else {}
    scored = reports(results.held_out, closing, params.seed)
    for path, report in zip(output.reports, scored, strict=True):
        write_json(path, report)
    seconds = read_seconds(output.comparison, [params.benchmark] * len(scored))
    write_csv(output.comparison, comparison("characters", dataset, scored, seconds))
    write_page(output.page, characters_page(dataset, results, closing, params.seed))
    write_page(output.epochs, epochs_page(dataset, results))
