from practical_dl.images.pseudo_labels.material import read_material
from practical_dl.images.pseudo_labels.setting import Setting
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    from practical_dl.images.pseudo_labels import rounds

    material = read_material(snakemake.input.pictures, snakemake.input.roles)
    recipe = Recipe(params.recipe["round_schedule"], params.recipe["batch_size"])
    settings = [Setting(**record) for record in params.settings]
    seeds = [params.seed + number for number in range(params.seeds)]
    before = rounds.read_round(snakemake.input.before[0])
    number, head = int(snakemake.wildcards.round), rounds.Head(**params.head)
    left = rounds.next_round(material, head, recipe, settings, seeds, before, number, log)
    rounds.write_round(snakemake.output.left, left)
