from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake):
    configure_tensorflow(seed=0)
    from practical_dl.small.convolution.network import by_hand
    from practical_dl.small.keras_checks import convolution, lesson_networks, optimizers

    write_csv(snakemake.output.optimizers, optimizers.check_all(snakemake.params.papers))
    configure_tensorflow(seed=0)
    lesson = by_hand(**snakemake.params.convolution)
    write_csv(snakemake.output.convolution, convolution.check_all(lesson))
    write_json(snakemake.output.networks, {"graphs": lesson_networks.graphs()})
