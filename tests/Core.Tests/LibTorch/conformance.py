"""Trains a dense and a convolutional VAE with PyTorch and prints each epoch's loss in full precision, as JSON.

The managed tests train the same two networks from the same seed through the system torch provider; their losses must be
equal in every digit. `conformance.json` beside this file keeps the output of one machine:

    python3 conformance.py <folder with train-images-idx3-ubyte.gz> > conformance.json
"""

import gzip
import json
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


def capability():
    for line in torch.__config__.show().splitlines():
        if "CPU capability usage" in line:
            return line.split(":")[1].strip()
    return ""


def main():
    torch.set_num_threads(1)
    with gzip.open(sys.argv[1] + "/train-images-idx3-ubyte.gz") as file:
        data = bytearray(file.read(16 + IMAGES * 784))
    images = torch.frombuffer(data, dtype=torch.uint8, offset=16).view(IMAGES, 1, 28, 28)
    result = {
        "torch": torch.__version__.split("a")[0],
        "capability": capability(),
        "dense": train(DenseVae, images),
        "convolutional": train(ConvolutionalVae, images),
    }
    json.dump(result, sys.stdout, indent=2)
    print()


main()
