"""Core's trainer against PyTorch: the same models, one process after the other in turns, as a table.

Processor seconds (user and system) count; the wall clock is shown beside them, since other work may share the machine.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Steps of a measurement, some seconds each, after as many that nobody counts: a training is long, and what the runtime
# compiles anew, 0.2 s a few seconds after its start, is soon behind it.
STEPS = {"dense-vae": 900, "conv-vae": 250, "004-conv-vae": 40, "002-cvae": 200, "001-gan": 900, "simple-ae": 12000}


def measure(command, threads):
    environment = dict(
        os.environ, OMP_NUM_THREADS=str(threads), OPENBLAS_NUM_THREADS=str(threads), DOTNET_PROCESSOR_COUNT=f"{threads:X}")
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def row(model, runs, steps):
    core, torch = runs["core"], runs["pytorch"]
    if core[0]["parameters"] != torch[0]["parameters"]:
        sys.exit(f"{model}: Core's model has {core[0]['parameters']} parameters, PyTorch's {torch[0]['parameters']}")
    milliseconds = {name: [1000 * run["processor"] / steps for run in runs[name]] for name in runs}
    clocks = {name: [1000 * run["clock"] / steps for run in runs[name]] for name in runs}
    ratios = [mine / theirs for mine, theirs in zip(milliseconds["core"], milliseconds["pytorch"])]
    resident = {name: statistics.median(run["resident"] for run in runs[name]) for name in runs}
    return (f"| {model} | {spread(milliseconds['pytorch'])} | {spread(milliseconds['core'])} | {spread(ratios)} "
            f"| {spread(clocks['pytorch'])} | {spread(clocks['core'])} "
            f"| {resident['pytorch']:.0f} | {resident['core']:.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"of {', '.join(STEPS)}; default: all")
    parser.add_argument("--trainer", required=True, help="the built Orchestrator.Bench.dll")
    parser.add_argument("--data", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default="/usr/bin/python3")
    arguments = parser.parse_args()
    if unknown := set(arguments.models) - set(STEPS):
        parser.error(f"no model is called {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}")
    print(f"{arguments.threads} thread(s), {arguments.rounds} rounds; median (lowest–highest) for one step\n")
    print("| model | PyTorch, CPU ms | Core, CPU ms | Core / PyTorch | PyTorch, wall ms | Core, wall ms "
          "| PyTorch, peak MiB | Core, peak MiB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for model in arguments.models or STEPS:
        steps, runs = STEPS[model], {"pytorch": [], "core": []}
        for _ in range(arguments.rounds):
            runs["pytorch"].append(measure(
                [arguments.python, os.path.join(HERE, "train.py"), model, "--data", arguments.data, "--steps", str(steps),
                 "--warmup", str(steps), "--threads", str(arguments.threads)], arguments.threads))
            runs["core"].append(measure(
                ["dotnet", arguments.trainer, model, str(steps), str(steps), str(arguments.threads), arguments.data],
                arguments.threads))
        print(row(model, runs, steps), flush=True)


if __name__ == "__main__":
    main()
