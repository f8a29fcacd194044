"""The throughput of several trainings side by side against one alone, in turns.

All processes are warmed up first, begin together, and are measured over the same seconds. By the clock the ratio is what a
user sees, if nothing else runs: the table says how much of the machine others took meanwhile. By processor time it says what
the trainings take from each other (caches, memory, clock rate), whoever else runs.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

# Steps before the measurement, some seconds: what the runtime compiles anew while a program warms up is behind them.
WARMUP = {"dense-vae": 500, "simple-ae": 6000, "001-gan": 600, "conv-vae": 150}
TICKS = os.sysconf("SC_CLK_TCK")


def start(arguments, model):
    threads = {name: "1" for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "DOTNET_PROCESSOR_COUNT"]}
    return subprocess.Popen(
        ["dotnet", arguments.trainer, model, f"{arguments.seconds}s", str(WARMUP[model]), "1", arguments.data],
        env=dict(os.environ, **threads), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def busy():
    """Processor seconds of everything on this machine so far."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, interrupts, soft, *_ = (int(field) for field in file.readline().split()[1:])
    return (user + nice + system + interrupts + soft) / TICKS


def line(process):
    text = process.stdout.readline()
    if not text:
        sys.exit(f"the training failed: {' '.join(process.args)}")
    return text


def together(arguments, model, count):
    """Steps a second of all, mean processor seconds of a step, and processors that others kept busy."""
    processes = [start(arguments, model) for _ in range(count)]
    for process in processes:
        line(process)
    before = busy()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    measured = [json.loads(line(process)) for process in processes]
    others = busy() - before - sum(run["processor"] for run in measured)
    for process in processes:
        process.wait()
    rate = sum(run["steps"] / run["clock"] for run in measured)
    return rate, statistics.mean(run["processor"] / run["steps"] for run in measured), others / arguments.seconds


def spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"of {', '.join(WARMUP)}; default: all")
    parser.add_argument("--trainer", required=True, help="the built Orchestrator.Bench.dll")
    parser.add_argument("--data", required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=15, help="that are measured in each run")
    arguments = parser.parse_args()
    if unknown := set(arguments.models) - set(WARMUP):
        parser.error(f"no model is called {', '.join(sorted(unknown))}; there are {', '.join(WARMUP)}")
    print(f"{arguments.workers} workers against one, {arguments.rounds} rounds of {arguments.seconds:g} s; median (lowest–highest)\n")
    print("| model | throughput, by the clock | throughput, by processor time | processors that others kept busy |")
    print("| --- | --- | --- | --- |", flush=True)
    for model in arguments.models or WARMUP:
        clock, processor, others = [], [], []
        for _ in range(arguments.rounds):
            alone, cost_alone, others_alone = together(arguments, model, 1)
            all_of_them, cost, others_then = together(arguments, model, arguments.workers)
            clock.append(all_of_them / alone)
            processor.append(arguments.workers * cost_alone / cost)
            others += [others_alone, others_then]
        print(f"| {model} | {spread(clock)} | {spread(processor)} | {spread(others)} |", flush=True)


if __name__ == "__main__":
    main()
