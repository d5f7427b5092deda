from practical_dl.artefacts import write_csv, write_json
from practical_dl.metrics import log_losses
from practical_dl.reviews.ensemble import equal_weights, fit_ensemble, joined_logits
from practical_dl.reviews.runs import joined_frame, read_runs
from practical_dl.runtime import job

with job(snakemake) as log:
    import numpy as np

    params, output = snakemake.params, snakemake.output
    runs = {
        role: {
            member: read_runs(path)
            for member, path in zip(params.members, snakemake.input[role], strict=True)
        }
        for role in ("valid", "test")
    }
    valid_logits = joined_logits(runs["valid"])
    labels = runs["valid"][params.members[0]].labels
    chosen = fit_ensemble(valid_logits, labels)
    losses = {}
    for prefix, ensemble in (("", chosen), ("equal_", equal_weights(len(params.members)))):
        for role, of_role in runs.items():
            positive = ensemble.probabilities(joined_logits(of_role))
            first = of_role[params.members[0]]
            write_csv(output[f"{prefix}{role}"], joined_frame(first, positive, params.seed))
            if role == "valid":
                both = np.column_stack([1 - positive, positive])
                losses[f"{prefix}valid_log_loss"] = float(log_losses(labels, both).mean())
    weights = dict(zip(params.members, chosen.weights.tolist(), strict=True))
    log.show(", ".join(f"{name} {weight:.2f}" for name, weight in weights.items() if weight > 0))
    write_json(output.weights, {"weights": weights, "intercept": chosen.intercept, **losses})
