"""Trains a model of the benchmark for some steps and prints one JSON line of what the measured ones took.

The loop is PyTorch's usual one at its best for data that fit in memory: the images lie in one uint8 tensor, a batch is
an index_select, sums stay on the device and are read once an epoch.
"""
import argparse
import gzip
import json
import os
import resource
import time

import torch

from models import MODELS


def images(folder):
    with gzip.open(os.path.join(folder, "fashion-mnist", "train-images-idx3-ubyte.gz")) as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=16).view(-1, 1, 28, 28)


def labels(folder):
    with gzip.open(os.path.join(folder, "fashion-mnist", "train-labels-idx1-ubyte.gz")) as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=8).long()


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def batches(pixels, classes, size):
    """Batches of one epoch after another, in a fresh order each."""
    while True:
        order = torch.randperm(len(pixels))
        for start in range(0, len(pixels), size):
            chosen = order[start:start + size]
            yield pixels.index_select(0, chosen).float().div_(255), classes.index_select(0, chosen)


def train(phases, source, steps):
    """Each phase: a loss, the optimizer that lowers it, the sums of what it gives."""
    for _ in range(steps):
        batch = next(source)
        for loss, optimizer, sums in phases:
            optimizer.zero_grad(set_to_none=True)
            terms = loss(*batch)
            terms[0].backward()
            optimizer.step()
            with torch.no_grad():
                sums += torch.stack(terms).double() * len(batch[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=sorted(MODELS))
    parser.add_argument("--data", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--warmup", type=int, default=30)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    build, size, options = MODELS[arguments.model]
    model = build()
    source = batches(images(arguments.data), labels(arguments.data), size)
    batch = next(source)
    phases = [
        (loss, torch.optim.Adam(parameters, **options), torch.zeros(len(loss(*batch)), dtype=torch.float64))
        for parameters, loss in model.phases()]
    train(phases, source, arguments.warmup)
    for _, _, sums in phases:
        sums.zero_()
    processor, clock = processor_seconds(), time.perf_counter()
    train(phases, source, arguments.steps)
    print(json.dumps({
        "processor": processor_seconds() - processor,
        "clock": time.perf_counter() - clock,
        "resident": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "parameters": sum(p.numel() for p in model.parameters()),
        "losses": [sums[0].item() / (arguments.steps * size) for _, _, sums in phases],
        "libtorch": torch.__version__,
    }))


if __name__ == "__main__":
    main()
