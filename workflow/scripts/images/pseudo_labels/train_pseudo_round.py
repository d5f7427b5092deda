from practical_dl.images.pseudo_labels.choice import Setting
from practical_dl.images.pseudo_labels.material import read_material
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.images.pseudo_labels import rounds as pseudo_rounds

    material = read_material(snakemake.input.pictures, snakemake.input.roles)
    recipe = pseudo_rounds.Recipe(params.width, params.dropout, params.schedule, params.batch_size)
    seeds = [params.seed + number for number in range(params.seeds)]
    number = int(snakemake.wildcards.round)
    if number:
        before = pseudo_rounds.read_round(snakemake.input.before[0])
        settings = [Setting(**record) for record in params.settings]
        left = pseudo_rounds.next_round(material, recipe, settings, seeds, before, number, log)
    else:
        left = pseudo_rounds.first_round(material, recipe, seeds, log)
    pseudo_rounds.write_round(snakemake.output.left, left)
