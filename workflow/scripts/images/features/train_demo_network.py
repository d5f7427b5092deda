from practical_dl.files.model_files import save_weights
from practical_dl.job.runtime import configure_tensorflow, job

with job(snakemake) as log:
    configure_tensorflow(seed=0)
    from practical_dl.images.demo.network import train_demo_network

    save_weights(snakemake.output.weights, train_demo_network(log))
