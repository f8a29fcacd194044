"""Trains a model of the benchmark on a device, one way of PyTorch's, and prints one JSON line of what the steps took.

The loop is a fast one: images in one uint8 tensor on the device, a batch is an index_select, Adam is the fused one, sums
stay on the device.
"""
import argparse
import gzip
import json
import os
import sys
import time

import torch

from models import MODELS


def idx(folder, name, header):
    path = os.path.join(folder, name)
    opened = gzip.open(path + ".gz") if not os.path.exists(path) else open(path, "rb")
    with opened as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=header)


def unavailable(reason):
    print(json.dumps({"unavailable": reason}))
    sys.exit(0)


def wait(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


class Training:
    """One training step over data that lie on the device."""

    def __init__(self, name, folder, device, options):
        build, self.size, adam = MODELS[name]
        self.device, self.short = device, "bf16" in options
        self.pixels = idx(folder, "train-images-idx3-ubyte", 16).view(-1, 1, 28, 28).to(device)
        self.labels = idx(folder, "train-labels-idx1-ubyte", 8).long().to(device)
        self.model = build().to(device)
        arguments = {"lr": 1e-3, **adam}
        if device.type == "cuda":
            arguments.update(fused=True, capturable=True)
        # Each phase: a loss, the optimizer that lowers it, the sums of what it gives.
        self.phases = [[loss, torch.optim.Adam(list(parameters), **arguments), torch.zeros(3, dtype=torch.float64, device=device)]
                       for parameters, loss in self.model.phases()]
        self.order = torch.randperm(len(self.pixels), device=device)
        self.offsets = torch.arange(self.size, device=device)
        self.place = torch.zeros(1, dtype=torch.long, device=device)
        self.batches = len(self.pixels) // self.size

    def step(self):
        chosen = self.order.index_select(0, self.offsets + self.place)
        images = self.pixels.index_select(0, chosen).float().div_(255)
        labels = self.labels.index_select(0, chosen)
        for loss, optimizer, sums in self.phases:
            optimizer.zero_grad(set_to_none=True)
            if self.short:
                with torch.autocast(self.device.type, dtype=torch.bfloat16):
                    terms = loss(images, labels)
            else:
                terms = loss(images, labels)
            terms[0].backward()
            optimizer.step()
            with torch.no_grad():
                sums[:len(terms)] += torch.stack([term.float() for term in terms]).double() * self.size
        self.place += self.size

    def run(self, steps, step):
        for done in range(steps):
            if done % self.batches == 0:
                self.place.zero_()
            step()

    def recorded(self):
        """The step as a CUDA graph."""
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            self.run(5, self.step)
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        for _, optimizer, _ in self.phases:
            optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(graph):
            self.step()
        return graph.replay


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=sorted(MODELS))
    parser.add_argument("--way", choices=["eager", "compile", "graphs"], default="eager")
    parser.add_argument("--device", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--warmup", type=int, required=True)
    parser.add_argument("--options", nargs="*", default=[], choices=["tf32", "bf16"])
    arguments = parser.parse_args()
    device = torch.device(arguments.device)
    if arguments.way == "graphs" and device.type != "cuda":
        unavailable("CUDA graphs need a CUDA device")
    if arguments.way == "compile" and not hasattr(torch, "compile"):
        unavailable(f"PyTorch {torch.__version__} has no torch.compile")
    if device.type == "cuda":
        torch.cuda.set_device(device)
        torch.backends.cuda.matmul.allow_tf32 = "tf32" in arguments.options
        torch.backends.cudnn.allow_tf32 = "tf32" in arguments.options
    else:
        torch.set_num_threads(1)
    torch.manual_seed(1)
    training = Training(arguments.model, arguments.data, device, arguments.options)
    step = training.step
    try:
        if arguments.way == "compile":
            for phase in training.phases:
                phase[0] = torch.compile(phase[0])
        if arguments.way == "graphs":
            step = training.recorded()
        training.run(arguments.warmup, step)
    except Exception as error:  # A way that this machine cannot go is a cell of the table, not the end of it.
        if arguments.way == "eager":
            raise
        unavailable(f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}")
    wait(device)
    for _, _, sums in training.phases:
        sums.zero_()
    processor, clock = time.process_time(), time.perf_counter()
    training.run(arguments.steps, step)
    wait(device)
    elapsed, processor = time.perf_counter() - clock, time.process_time() - processor
    loss = training.phases[0][2][0].item() / (arguments.steps * training.size)
    if loss != loss:
        sys.exit("the loss is NaN")
    memory = 0
    if device.type == "cuda":
        free, total = torch.cuda.mem_get_info(device)
        memory = (total - free) / 1048576
    print(json.dumps({
        "milliseconds": 1000 * elapsed / arguments.steps,
        "processor": 1000 * processor / arguments.steps,
        "parameters": sum(p.numel() for p in training.model.parameters()),
        "memory": memory,
        "loss": loss,
    }))


if __name__ == "__main__":
    main()
