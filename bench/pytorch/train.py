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


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def batches(pixels, size):
    """Batches of one epoch after another, in a fresh order each."""
    while True:
        order = torch.randperm(len(pixels))
        for start in range(0, len(pixels), size):
            yield pixels.index_select(0, order[start:start + size]).float().div_(255)


def train(model, optimizer, source, steps, sums):
    for _ in range(steps):
        batch = next(source)
        optimizer.zero_grad(set_to_none=True)
        terms = model.loss(batch)
        terms[0].backward()
        optimizer.step()
        with torch.no_grad():
            sums += torch.stack(terms).double() * len(batch)


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
    build, size = MODELS[arguments.model]
    model = build()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    source = batches(images(arguments.data), size)
    sums = torch.zeros(len(model.loss(next(source))), dtype=torch.float64)
    train(model, optimizer, source, arguments.warmup, sums)
    sums.zero_()
    processor, clock = processor_seconds(), time.perf_counter()
    train(model, optimizer, source, arguments.steps, sums)
    print(json.dumps({
        "processor": processor_seconds() - processor,
        "clock": time.perf_counter() - clock,
        "resident": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "parameters": sum(p.numel() for p in model.parameters()),
        "loss": sums[0].item() / (arguments.steps * size),
        "libtorch": torch.__version__,
    }))


if __name__ == "__main__":
    main()
