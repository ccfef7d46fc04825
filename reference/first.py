"""The first layers, the first loss and the first optimizer."""

import torch
from torch import nn
from torch.nn import functional as F

from record import layer, loss, trajectory


class Residual(nn.Sequential):
    """x + f(x)."""

    def forward(self, x):
        return x + super().forward(x)


class Concat(nn.Sequential):
    """(f1(x), f2(x), ...)."""

    def forward(self, x):
        return torch.cat([branch(x) for branch in self], 1)


def cases():
    x = torch.randn(4, 5)
    image = torch.randn(3, 2, 3, 4)
    logits = torch.randn(6, 4) * 3
    classes = torch.tensor([0, 3, 1, 2, 2, 0])
    probabilities = torch.softmax(torch.randn(6, 4), 1)
    return {
        "affine": layer(nn.Linear(5, 3), x),
        "affine_without_bias": layer(nn.Linear(5, 3, bias=False), x),
        "relu": layer(nn.ReLU(), x),
        "sigmoid": layer(nn.Sigmoid(), x * 4),
        "tanh": layer(nn.Tanh(), x * 2),
        "flatten": layer(nn.Flatten(), image),
        "chain": layer(nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 2)), x),
        "softmax_cross_entropy": loss(F.cross_entropy, logits, classes),
        "softmax_cross_entropy_smoothed": loss(lambda z, t: F.cross_entropy(z, t, label_smoothing=0.1), logits, classes),
        "softmax_cross_entropy_rows": loss(F.cross_entropy, logits, probabilities),
        "softmax_cross_entropy_rows_smoothed": loss(
            lambda z, t: F.cross_entropy(z, t, label_smoothing=0.2), logits, probabilities
        ),
        "sgd": trajectory(lambda p: torch.optim.SGD(p, lr=0.1)),
        "sgd_momentum": trajectory(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
        "sgd_nesterov": trajectory(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
        "cosine": trajectory(
            lambda p: torch.optim.SGD(p, lr=0.5),
            schedule=lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=20),
        ),
        "residual": layer(Residual(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 5)), x),
        "concat": layer(Concat(nn.Linear(5, 2), nn.Sequential(nn.Linear(5, 3), nn.Tanh())), x),
        "concat_of_images": layer(Concat(nn.Conv2d(2, 3, 3, padding=1), nn.SiLU(), nn.Conv2d(2, 1, 1)), image),
    }
