from practical_dl.files.artefacts import write_text
from practical_dl.job.runtime import job
from practical_dl.small.characters.grammar import tagged_lines

with job(snakemake):
    write_text(snakemake.output.text, tagged_lines(**snakemake.params.text))
