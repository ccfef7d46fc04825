"""Whole models: the state_dict of each as a safetensors file, and what it predicts."""

import pathlib

import torch
from torch import nn

import safetensors_file
from record import array

TARGET = pathlib.Path(__file__).resolve().parent.parent / "nn-layers/src/test/resources/reference"


def mlp():
    return nn.Sequential(nn.Linear(8, 6), nn.ReLU(), nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 3))


def cnn():
    """With the states that a few steps of training leave in its normalization, and all else moved as well."""
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1, bias=False),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 6, 3),
        nn.ReLU(),
        nn.Flatten(),
        nn.Dropout(0.3),
        nn.Linear(24, 10),
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(5):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(torch.randn(16, 1, 8, 8) * 2 + 1), torch.randint(10, (16,)))
        loss.backward()
        optimizer.step()
    return model


def case(name, model, x):
    """Stores the state_dict as it is, BatchNorm's count of batches and all."""
    state = {key: value.numpy() for key, value in model.state_dict().items()}
    safetensors_file.write(TARGET / f"{name}.safetensors", state, {"format": "pt"})
    with torch.no_grad():
        return {"x": array(x), "y": array(model.eval()(x))}


def cases():
    return {
        "mlp_double": case("mlp_double", mlp(), torch.randn(5, 8)),
        "mlp_float": case("mlp_float", mlp().float(), torch.randn(5, 8).float()),
        "cnn_double": case("cnn_double", cnn(), torch.randn(3, 1, 8, 8)),
        "cnn_float": case("cnn_float", cnn().float(), torch.randn(3, 1, 8, 8).float()),
    }
