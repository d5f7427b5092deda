from practical_dl.images.pseudo_labels.material import read_material
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.images.pseudo_labels.rounds import Head, first_round, next_round, write_round

    material = read_material(snakemake.input.pictures, snakemake.input.roles)
    head, of_start = Head(**params.head), Recipe(**params.start)
    of_round = Recipe(params.round["round_schedule"], of_start.batch_size)
    settings = [Setting(**record) for record in params.settings]
    seeds = [params.seed + number for number in range(params.seeds)]
    start = first_round(material, head, of_start, seeds, log)
    write_round(snakemake.output.rounds[0], start)
    configure_tensorflow(params.seed)
    left = next_round(material, head, of_round, settings, seeds, start, 1, log)
    write_round(snakemake.output.rounds[1], left)
