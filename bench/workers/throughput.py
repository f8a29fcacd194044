"""The throughput of several trainings side by side against one alone, in turns.

By the wall clock the ratio is what a user sees, and says little where other work shares the machine: the load is printed.
By processor time it says what the trainings take from each other (caches, memory, clock rate), whoever else runs.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

# Steps of a measurement: some seconds each.
STEPS = {"dense-vae": 1000, "simple-ae": 12000, "001-gan": 1200, "conv-vae": 300}
WARMUP = 50


def start(arguments, model):
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    return subprocess.Popen(
        ["dotnet", arguments.trainer, model, str(STEPS[model]), str(WARMUP), "1", arguments.data],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def together(arguments, model, count):
    """Steps a second of all, and mean processor seconds of a step."""
    measured = []
    for process in [start(arguments, model) for _ in range(count)]:
        output, errors = process.communicate()
        if process.returncode != 0:
            sys.exit(f"the training failed:\n{errors}")
        measured.append(json.loads(output.splitlines()[-1]))
    rate = sum(STEPS[model] / run["clock"] for run in measured)
    return rate, statistics.mean(run["processor"] for run in measured) / STEPS[model]


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", help="default: all")
    parser.add_argument("--trainer", required=True, help="the built Orchestrator.Bench.dll")
    parser.add_argument("--data", required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{arguments.workers} workers against one, {arguments.rounds} rounds; median (lowest–highest)\n")
    print("| model | throughput, by the clock | throughput, by processor time | load of the machine before |")
    print("| --- | --- | --- | --- |", flush=True)
    for model in arguments.models or STEPS:
        clock, processor, load = [], [], []
        for _ in range(arguments.rounds):
            load.append(os.getloadavg()[0])
            alone, cost_alone = together(arguments, model, 1)
            all_of_them, cost = together(arguments, model, arguments.workers)
            clock.append(all_of_them / alone)
            processor.append(arguments.workers * cost_alone / cost)
        print(f"| {model} | {spread(clock)} | {spread(processor)} | {spread(load)} |", flush=True)


if __name__ == "__main__":
    main()
