"""PyTorch's weight_decay: of all parameters, added to the gradient after it was clipped."""

from torch import optim

from record import trajectory

CLIP = 1.0


def sgd(momentum):
    return lambda p: optim.SGD(p, lr=0.1, momentum=momentum, weight_decay=0.5)


def cases():
    return {
        "sgd": trajectory(sgd(0.9), bias=3),
        "sgd_clipped": trajectory(sgd(0.9), bias=3, clip=CLIP),
        "plain_sgd_clipped": trajectory(sgd(0.0), bias=3, clip=CLIP),
        "adam": trajectory(lambda p: optim.Adam(p, lr=0.1, weight_decay=0.5), bias=3),
    }
