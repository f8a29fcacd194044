"""The models of the benchmark as their authors would write them in PyTorch."""
import torch
from torch import nn
from torch.nn import functional as F


class OnePhase(nn.Module):
    """A model whose parameters all move along one loss."""

    def phases(self):
        return [(list(self.parameters()), self.loss)]


class Vae(OnePhase):
    """An encoder, two heads, a decoder that gives logits."""

    def __init__(self, encoder, features, latent, decoder):
        super().__init__()
        self.encoder = encoder
        self.mean = nn.Linear(features, latent)
        self.log_variance = nn.Linear(features, latent)
        self.decoder = decoder

    def loss(self, images, labels):
        features = self.encoder(images)
        mean, log_variance = self.mean(features), self.log_variance(features)
        codes = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        return evidence(self.decoder(codes), images, mean, log_variance)


class Ae(OnePhase):
    """A deterministic code; binary cross-entropy averaged over the pixels."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def loss(self, images, labels):
        loss = F.binary_cross_entropy_with_logits(self.decoder(self.encoder(images)), images)
        return loss, loss * images[0].numel()


class ConditionalVae(OnePhase):
    """A VAE whose encoder and decoder see the class, one-hot."""

    def __init__(self, features, dense, width, latent, decoder, classes=10):
        super().__init__()
        self.features, self.dense, self.decoder, self.classes = features, dense, decoder, classes
        self.mean, self.log_variance = nn.Linear(width, latent), nn.Linear(width, latent)

    def loss(self, images, labels):
        classes = F.one_hot(labels, self.classes).float()
        hidden = self.dense(torch.cat([self.features(images), classes], 1))
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        codes = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        return evidence(self.decoder(torch.cat([codes, classes], 1)), images, mean, log_variance)


class Gan(nn.Module):
    """A generator and a discriminator in turns; real images count as 0.9, as in Salimans et al. 2016."""

    def __init__(self, generator, discriminator, latent, real=0.9):
        super().__init__()
        self.generator, self.discriminator, self.latent, self.real = generator, discriminator, latent, real

    def phases(self):
        return [(list(self.discriminator.parameters()), self.discriminator_loss),
                (list(self.generator.parameters()), self.generator_loss)]

    def generated(self, count):
        return torch.sigmoid(self.generator(torch.randn(count, self.latent)))

    def discriminator_loss(self, images, labels):
        real = self.discriminator(images)
        generated = self.discriminator(self.generated(len(images)).detach())
        return (verdict(real, self.real) + verdict(generated, 0),)

    def generator_loss(self, images, labels):
        return (verdict(self.discriminator(self.generated(len(images))), 1),)


def verdict(logits, target):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))


def evidence(logits, images, mean, log_variance):
    reconstruction = F.binary_cross_entropy_with_logits(logits, images, reduction="sum") / len(images)
    kl = -0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp()) / len(images)
    return reconstruction + kl, reconstruction, kl


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


def cvae_002():
    return ConditionalVae(
        nn.Sequential(nn.Conv2d(1, 16, 3, stride=2, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.Flatten()),
        nn.Sequential(nn.Linear(16 * 14 * 14 + 10, 784), nn.ReLU()), 784, 10,
        nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 784), unflatten(1, 28, 28)))


def simple_ae():
    return Ae(
        nn.Sequential(nn.Flatten(), nn.Linear(784, 32), nn.ReLU()),
        nn.Sequential(nn.Linear(32, 784), unflatten(1, 28, 28)))


def gan_001():
    return Gan(
        nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 784), unflatten(1, 28, 28)),
        nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 1)), 64)


# Name, how it is built, images of a batch, Adam's options.
MODELS = {
    "dense-vae": (dense_vae, 128, {}),
    "conv-vae": (conv_vae, 128, {}),
    "004-conv-vae": (conv_vae_004, 128, {}),
    "002-cvae": (cvae_002, 128, {"weight_decay": 1e-5}),
    "001-gan": (gan_001, 256, {"lr": 2e-4}),
    "simple-ae": (simple_ae, 32, {}),
}
