"""The models of the benchmark as their authors would write them in PyTorch."""
import torch
from torch import nn
from torch.nn import functional as F


class Vae(nn.Module):
    """An encoder, two heads, a decoder that gives logits."""

    def __init__(self, encoder, features, latent, decoder):
        super().__init__()
        self.encoder = encoder
        self.mean = nn.Linear(features, latent)
        self.log_variance = nn.Linear(features, latent)
        self.decoder = decoder

    def loss(self, images):
        features = self.encoder(images)
        mean, log_variance = self.mean(features), self.log_variance(features)
        codes = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        logits = self.decoder(codes)
        reconstruction = F.binary_cross_entropy_with_logits(logits, images, reduction="sum") / len(images)
        kl = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp()) / len(images)
        return reconstruction + kl, reconstruction, kl


class Ae(nn.Module):
    """A deterministic code; binary cross-entropy averaged over the pixels."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def loss(self, images):
        loss = F.binary_cross_entropy_with_logits(self.decoder(self.encoder(images)), images)
        return loss, loss * images[0].numel()


def unflatten(*shape):
    return nn.Unflatten(1, shape)


def dense_vae():
    return Vae(
        nn.Sequential(nn.Flatten(), nn.Linear(784, 400), nn.ReLU()), 400, 20,
        nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), unflatten(1, 28, 28)))


def conv_vae():
    return Vae(
        nn.Sequential(
            nn.Conv2d(1, 32, 3, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(32, 64, 3, stride=2, padding=1), nn.ReLU(), nn.Flatten()), 64 * 7 * 7, 2,
        nn.Sequential(
            nn.Linear(2, 64 * 7 * 7), nn.ReLU(), unflatten(64, 7, 7),
            nn.ConvTranspose2d(64, 32, 3, stride=2, padding=1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 3, stride=2, padding=1, output_padding=1)))


def conv_vae_004():
    return Vae(
        nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(),
            nn.Conv2d(32, 64, 3, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(),
            nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(),
            nn.Flatten(), nn.Linear(12544, 32), nn.ReLU()), 32, 2,
        nn.Sequential(
            nn.Linear(2, 12544), nn.ReLU(), unflatten(64, 14, 14),
            nn.ConvTranspose2d(64, 32, 3, stride=2, padding=1, output_padding=1), nn.ReLU(),
            nn.ConvTranspose2d(32, 1, 3, padding=1)))


def simple_ae():
    return Ae(
        nn.Sequential(nn.Flatten(), nn.Linear(784, 32), nn.ReLU()),
        nn.Sequential(nn.Linear(32, 784), unflatten(1, 28, 28)))


# Name, how it is built, images of a batch.
MODELS = {
    "dense-vae": (dense_vae, 128),
    "conv-vae": (conv_vae, 128),
    "004-conv-vae": (conv_vae_004, 128),
    "simple-ae": (simple_ae, 32),
}
