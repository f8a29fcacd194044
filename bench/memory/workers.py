"""Runs a sweep of one epoch on Fashion-MNIST for each model with one worker and prints what the kernel says it held at most."""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

MODELS = {
    "dense VAE 784-400-20": {"family": "vae", "encoder": "dense", "hidden": [400], "latent": 20},
    "conv VAE 32-64, latent 2": {"family": "vae", "encoder": "conv", "depth": 2, "width": 32, "latent": 2},
    "conv VAE of 004": {
        "family": "vae", "encoder": "conv", "channels": [32, 64, 64, 64], "strides": [1, 2, 1, 1], "hidden": [32],
        "decoder_hidden": [], "decoder_channels": [32], "latent": 2},
    "CVAE of 002": {
        "family": "cvae", "encoder": "conv", "channels": [16], "batch_norm": "before", "hidden": [784],
        "decoder": "dense", "decoder_hidden": [64], "latent": 10},
    "GAN of 001": {"family": "gan", "encoder": "dense", "hidden": [128], "latent": 64},
    "AE 784-32-784": {"family": "ae", "encoder": "dense", "hidden": [], "latent": 32},
}


def manifest(model, trials):
    objective = "train/generator_loss" if model["family"] == "gan" else "val/mse"
    return json.dumps({
        "version": 1, "sweep": "memory", "dataset": {"name": "fashion-mnist", "validation": 5000},
        "objective": {"metric": objective, "direction": "minimize"}, "model": model,
        "seeds": {"replicates": trials}, "epochs": [1], "resources": {"workers": 1}})


def peaks(folder):
    """Peak MiB of the processes that name the folder on their command line, by process and kind."""
    found = {}
    for process in glob.glob("/proc/[0-9]*"):
        try:
            with open(process + "/cmdline") as file:
                command = file.read().split("\0")
            with open(process + "/status") as file:
                status = dict(line.split(":", 1) for line in file if ":" in line)
        except OSError:
            continue
        if folder in " ".join(command) and "VmHWM" in status:
            kind = "worker" if "worker" in command else "coordinator"
            found[kind] = max(found.get(kind, 0), int(status["VmHWM"].split()[0]) / 1024)
    return found


def run(arguments, model):
    with tempfile.TemporaryDirectory(prefix="orchestrator-memory") as folder:
        path = os.path.join(folder, "memory.yaml")
        with open(path, "w") as file:
            file.write(manifest(model, arguments.trials))
        program = subprocess.Popen(
            ["dotnet", arguments.program, "run", path, "--results", os.path.join(folder, "results"), "--data", arguments.data],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        most = {}
        while program.poll() is None:
            for kind, size in peaks(folder).items():
                most[kind] = max(most.get(kind, 0), size)
            time.sleep(0.05)
        if program.returncode != 0:
            sys.exit(f"the sweep failed:\n{program.stdout.read()}")
        return most


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", help="parts of their names; default: all")
    parser.add_argument("--program", required=True, help="the built orchestrator.dll")
    parser.add_argument("--data", required=True)
    parser.add_argument("--trials", type=int, default=2, help="that the one worker trains, one after the other")
    arguments = parser.parse_args()
    if unknown := [part for part in arguments.models if not any(part in name for name in MODELS)]:
        parser.error(f"no model's name has {', '.join(unknown)} in it; there are {', '.join(MODELS)}")
    print("| model | worker, peak MiB | coordinator, peak MiB |\n| --- | --- | --- |", flush=True)
    for name, model in MODELS.items():
        if not arguments.models or any(part in name for part in arguments.models):
            most = run(arguments, model)
            print(f"| {name} | {most['worker']:.0f} | {most['coordinator']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
