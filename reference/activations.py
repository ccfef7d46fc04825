"""Activations, Reshape, Slice, Dropout and Embedding."""

import torch
from torch import nn

from record import layer

MASK_64 = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def finalize(z):
    """The finalizer of SplitMix64."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK_64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK_64
    return z ^ (z >> 31)


def mix(z):
    return finalize((z + GAMMA) & MASK_64)


def dropout(rate, seed, path_hash, step):
    """Dropout from first principles: torch cannot draw Jacobi's mask, so this is a second implementation of it."""
    forward_purpose = 2
    key = mix(mix(mix(mix(seed) + forward_purpose) + path_hash + 1) + step + 1)

    def apply(x):
        bits = [finalize((key + GAMMA * (i + 1)) & MASK_64) for i in range(x.numel())]
        uniform = torch.tensor([(b >> 11) / 2.0**53 for b in bits]).reshape(x.shape)
        return x * (uniform >= rate) / (1 - rate)

    return apply


class Indexed(nn.Embedding):
    def forward(self, x):
        return super().forward(x.long())


def elementwise():
    return {
        "leaky_relu": nn.LeakyReLU(),
        "leaky_relu_steep": nn.LeakyReLU(0.3),
        "hard_tanh": nn.Hardtanh(),
        "hard_tanh_six": nn.Hardtanh(0, 6),
        "elu": nn.ELU(),
        "elu_half": nn.ELU(0.5),
        "selu": nn.SELU(),
        "gelu": nn.GELU(),
        "gelu_tanh": nn.GELU("tanh"),
        "silu": nn.SiLU(),
        "softplus": nn.Softplus(),
        "softplus_beta": nn.Softplus(2.5),
    }


def cases():
    x = torch.randn(3, 6) * 2
    edges = torch.tensor([[0.0, 1.0, -1.0, 6.0, 1e-9, -1e-9]])
    far = torch.tensor([[1e4, -1e4, 100.0, -100.0, 30.0, -30.0]])
    rows = torch.randn(3, 2, 5) * 3
    spread = torch.tensor([[0.0, 1e4, -1e4, 9999.0], [-700.0, 0.0, 700.0, 1.0]])
    words = torch.tensor([[0, 3, 3, 6], [6, 1, 3, 0], [2, 2, 2, 2]]).double()
    recorded = {}
    for name, module in elementwise().items():
        recorded[name] = layer(module, x)
        recorded[name + "_edges"] = layer(module, edges)
        recorded[name + "_far"] = layer(module, far)
    return recorded | {
        "softmax": layer(nn.Softmax(-1), rows),
        "softmax_spread": layer(nn.Softmax(-1), spread),
        "log_softmax": layer(nn.LogSoftmax(-1), rows),
        "log_softmax_spread": layer(nn.LogSoftmax(-1), spread),
        "reshape": layer(lambda t: t.reshape(3, 5, 2), rows),
        # the layer is the first of a model with seed 1: its path is "0", and Java's hash of that is 48
        "dropout": layer(dropout(0.3, 1, 48, 0), x),
        "embedding": layer(Indexed(7, 3), words, differentiable=False),
        "slice": layer(lambda t: t.narrow(1, 1, 1), rows),
    }
