"""Trains a dense and a convolutional VAE with PyTorch and prints each epoch's loss in full precision, as JSON; then
what its optimizers and schedulers do.

The managed tests do the same from the same seed through the system torch provider; every digit must be equal. `conformance.json` beside this file keeps the output of one machine:

    python3 conformance.py <folder with train-images-idx3-ubyte.gz> > conformance.json
"""

import ctypes
import gzip
import json
import re
import sys

import torch
from torch import nn
from torch.nn import functional as F

IMAGES, BATCH, EPOCHS, SEED = 4096, 128, 3, 20261121


class DenseVae(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 400)
        self.mean = nn.Linear(400, 20)
        self.log_var = nn.Linear(400, 20)
        self.decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Sigmoid())

    def loss(self, x):
        x = x.view(-1, 784)
        hidden = F.relu(self.hidden(x))
        mean, log_var = self.mean(hidden), self.log_var(hidden)
        z = mean + torch.randn_like(mean) * (0.5 * log_var).exp()
        reconstruction = F.binary_cross_entropy(self.decoder(z), x, reduction="sum")
        kl = -0.5 * (1 + log_var - mean.pow(2) - log_var.exp()).sum()
        return reconstruction + kl


class ConvolutionalVae(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.ReLU(),
            nn.Conv2d(8, 16, 3, padding=1), nn.LeakyReLU(0.1), nn.MaxPool2d(2), nn.Flatten())
        self.mean = nn.Linear(784, 8)
        self.log_var = nn.Linear(784, 8)
        self.decoder = nn.Sequential(
            nn.Linear(8, 784), nn.ReLU(), nn.Unflatten(1, (16, 7, 7)),
            nn.ConvTranspose2d(16, 8, 3, stride=2, padding=1, output_padding=1), nn.BatchNorm2d(8), nn.ReLU(),
            nn.Upsample(scale_factor=2), nn.Conv2d(8, 1, 3, padding=1))

    def loss(self, x):
        hidden = self.encoder(x)
        mean, log_var = self.mean(hidden), self.log_var(hidden)
        z = mean + torch.randn_like(mean) * (0.5 * log_var).exp()
        reconstruction = F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="sum")
        kl = -0.5 * (1 + log_var - mean.pow(2) - log_var.exp()).sum()
        return reconstruction + kl


def train(make, images):
    torch.manual_seed(SEED)
    model = make()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, foreach=False)
    losses = []
    for _ in range(EPOCHS):
        order = torch.randperm(IMAGES)
        total = 0.0
        for start in range(0, IMAGES, BATCH):
            x = images.index_select(0, order[start:start + BATCH]).to(torch.float32) / 255
            loss = model.loss(x)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / IMAGES)
    checksum = sum(p.detach().double().sum().item() for p in model.parameters())
    return {"losses": losses, "weights": checksum, "names": list(model.state_dict().keys())}


def optimizers():
    """Ten parameters after five steps, for each optimizer and set of options."""
    cases = {
        "adam": lambda p: torch.optim.Adam(p, lr=0.01, foreach=False),
        "adam-decay-amsgrad": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1, amsgrad=True, foreach=False),
        "adam-maximize": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.99), maximize=True, foreach=False),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.01, foreach=False),
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1, foreach=False),
        "sgd-momentum": lambda p: torch.optim.SGD(
            p, lr=0.1, momentum=0.9, dampening=0.1, weight_decay=0.01, foreach=False),
        "sgd-nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, foreach=False),
        "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, foreach=False),
        "rmsprop-centered": lambda p: torch.optim.RMSprop(
            p, lr=0.01, momentum=0.5, weight_decay=0.1, centered=True, foreach=False),
        "adadelta": lambda p: torch.optim.Adadelta(p, lr=1.0, foreach=False),
        "adadelta-decay": lambda p: torch.optim.Adadelta(p, lr=0.5, rho=0.8, weight_decay=0.1, foreach=False),
    }
    results = {}
    for name, make in cases.items():
        parameter = nn.Parameter(torch.linspace(-1, 1, 10))
        optimizer = make([parameter])
        for step in range(5):
            optimizer.zero_grad()
            (parameter * (step + 1.5)).sin().sum().backward()
            optimizer.step()
        results[name] = parameter.detach().double().tolist()
    return results


def schedules():
    """Eight learning rates of each scheduler."""
    s = torch.optim.lr_scheduler
    cases = {
        "step": lambda o: s.StepLR(o, 3, gamma=0.3),
        "multistep": lambda o: s.MultiStepLR(o, [2, 5, 5], gamma=0.5),
        "exponential": lambda o: s.ExponentialLR(o, gamma=0.9),
        "cosine": lambda o: s.CosineAnnealingLR(o, T_max=5, eta_min=0.001),
        "linear": lambda o: s.LinearLR(o, start_factor=0.25, end_factor=0.75, total_iters=4),
        "lambda": lambda o: s.LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
        "sequential": lambda o: s.SequentialLR(
            o, [s.LinearLR(o, start_factor=0.1, total_iters=3), s.ExponentialLR(o, gamma=0.8)], [3]),
    }
    results = {}
    for name, make in cases.items():
        optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
        optimizer.step()
        scheduler = make(optimizer)
        rates = []
        for _ in range(8):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        results[name] = rates
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.1)
    scheduler = s.ReduceLROnPlateau(optimizer, patience=1, cooldown=1, factor=0.5)
    rates = []
    for metric in [1.0, 0.9, 0.95, 0.95, 0.95, 0.95, 0.95, 0.8]:
        rates.append(optimizer.param_groups[0]["lr"])
        scheduler.step(metric)
    results["plateau"] = rates
    return results


def capability():
    for line in torch.__config__.show().splitlines():
        if "CPU capability usage" in line:
            return line.split(":")[1].strip()
    return ""


def blas():
    """What OpenBLAS says of itself, the kernels that it chose among it; empty where another library multiplies."""
    try:
        configuration = ctypes.CDLL("libblas.so.3").openblas_get_config
    except (OSError, AttributeError):
        return ""
    configuration.restype = ctypes.c_char_p
    return configuration().decode().strip()


def main():
    torch.set_num_threads(1)
    with gzip.open(sys.argv[1] + "/train-images-idx3-ubyte.gz") as file:
        data = bytearray(file.read(16 + IMAGES * 784))
    images = torch.frombuffer(data, dtype=torch.uint8, offset=16).view(IMAGES, 1, 28, 28)
    result = {
        # Without what a distribution adds, such as 1.13.0a0 and 2.6.0+debian.
        "torch": re.match(r"[0-9.]+[0-9]", torch.__version__).group(),
        "capability": capability(),
        "blas": blas(),
        "optimizers": optimizers(),
        "schedules": schedules(),
        "dense": train(DenseVae, images),
        "convolutional": train(ConvolutionalVae, images),
    }
    json.dump(result, sys.stdout, indent=2)
    print()


main()
