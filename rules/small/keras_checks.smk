"""Everything that is computed by hand, checked against Keras in one start of TensorFlow.

REQUIRED INPUTS: none
OUTPUTS: results/optimizers/keras_check.csv
         results/convolution/keras_check.csv, networks.json (the lesson's networks as graphs)
"""


rule check_against_keras:
    output:
        optimizers="results/optimizers/keras_check.csv",
        convolution="results/convolution/keras_check.csv",
        networks="results/convolution/networks.json",
    log:
        "results/logs/keras_checks/check_against_keras.log",
    benchmark:
        "results/benchmarks/keras_checks/check_against_keras.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    resources:
        mem_mb=memory(1500),
    params:
        code=code("small/keras_checks/check_against_keras.py"),
        papers=section("optimizers/papers"),
        convolution=section("convolution", "filters", "seed"),
    message:
        "Compare the optimizers and the convolution by hand with Keras; fail where they differ"
    script:
        "../../workflow/scripts/small/keras_checks/check_against_keras.py"
