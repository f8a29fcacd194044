"""Reads weights.safetensors by its header, loads them into PyTorch modules by name, and reconstructs images."""

import json
import struct
import sys

import torch
from torch import nn


def load(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        content = file.read()
    header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32", entry
        start, end = entry["data_offsets"]
        values = torch.frombuffer(bytearray(content[start:end]), dtype=torch.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors


class DenseVae(nn.Module):
    def __init__(self, latent, hidden):
        super().__init__()
        self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(784, hidden), nn.ReLU())
        self.mean = nn.Linear(hidden, latent)
        self.log_variance = nn.Linear(hidden, latent)
        self.decoder = nn.Sequential(
            nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, 784), nn.Unflatten(1, (1, 28, 28))
        )


weights, images, output = sys.argv[1:4]
model = DenseVae(latent=3, hidden=24)
model.load_state_dict(load(weights), strict=True)
with open(images, "rb") as file:
    batch = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(-1, 1, 28, 28)
with torch.no_grad():
    reconstruction = torch.sigmoid(model.decoder(model.mean(model.encoder(batch))))
with open(output, "wb") as file:
    file.write(reconstruction.contiguous().numpy().tobytes())
