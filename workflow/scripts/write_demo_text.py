from practical_dl.artefacts import write_text
from practical_dl.characters.grammar import tagged_lines
from practical_dl.runtime import job

with job(snakemake):
    write_text(snakemake.output.text, tagged_lines(snakemake.params.lines, snakemake.params.seed))
