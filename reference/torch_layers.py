"""The layers of a model file's description as PyTorch's modules."""

import torch
from torch import nn


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


class Concat(nn.Sequential):
    """The outputs of all modules on one input, along the first dimension after the batch."""

    def forward(self, x):
        return torch.cat([branch(x) for branch in self], 1)


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Embedding(nn.Embedding):
    """Takes indices as Jacobi does, stored as numbers of the model's type."""

    def forward(self, x):
        return super().forward(x.long())


def recurrent(kind):
    """PyTorch's gives states as well, and so cannot stand in a Sequential as it is."""

    class Recurrent(kind):
        def __init__(self, features, units, all_states):
            super().__init__(features, units, batch_first=True)
            self.all_states = all_states

        def forward(self, x):
            y = super().forward(x)[0]
            return y if self.all_states else y[:, -1]

    return Recurrent


Lstm, Gru = recurrent(nn.LSTM), recurrent(nn.GRU)


def pair(a, name):
    return a[name + "Height"], a[name + "Width"]


def module(layer, shape):
    """The module for a layer that takes examples of this shape."""
    kind, a = layer["type"], layer["arguments"]

    def inside():
        return modules(a["layers"], shape)

    def window():
        return {"kernel_size": pair(a, "kernel"), "stride": pair(a, "stride"), "padding": pair(a, "padding")}

    makers = {
        "Affine": lambda: nn.Linear(shape[-1], a["units"], bias=a["bias"]),
        "AvgPool2d": lambda: nn.AvgPool2d(**window()),
        "BatchNorm": lambda: (nn.BatchNorm1d if len(shape) == 1 else nn.BatchNorm2d)(
            shape[0], eps=a["epsilon"], momentum=a["momentum"]
        ),
        "Chain": lambda: nn.Sequential(*inside()),
        "Concat": lambda: Concat(*(module(branch, shape) for branch in a["branches"])),
        "Conv2d": lambda: nn.Conv2d(
            shape[0], a["channels"], dilation=pair(a, "dilation"), groups=a["groups"], bias=a["bias"], **window()
        ),
        "Dropout": lambda: nn.Dropout(a["rate"]),
        "Elu": lambda: nn.ELU(a["alpha"]),
        "Embedding": lambda: Embedding(a["vocabulary"], a["dimensions"]),
        "Flatten": lambda: Function(lambda x: x.reshape(len(x), -1)),  # nn.Flatten takes no single numbers
        "Gelu": lambda: nn.GELU(approximate={"EXACT": "none", "TANH": "tanh"}[a["form"]]),
        "GlobalAvgPool2d": lambda: Function(lambda x: x.mean((2, 3))),
        "Gru": lambda: Gru(shape[1], a["units"], a["allStates"]),
        "HardTanh": lambda: nn.Hardtanh(a["min"], a["max"]),
        "LayerNorm": lambda: nn.LayerNorm(shape if a["wholeExample"] else shape[-1:], eps=a["epsilon"]),
        "LeakyRelu": lambda: nn.LeakyReLU(a["slope"]),
        "LogSoftmax": lambda: nn.LogSoftmax(-1),
        "Lstm": lambda: Lstm(shape[1], a["units"], a["allStates"]),
        "MaxPool2d": lambda: nn.MaxPool2d(**window()),
        "Relu": lambda: nn.ReLU(),
        "Reshape": lambda: Function(lambda x: x.reshape(len(x), *a["dims"])),
        "Residual": lambda: Residual(*inside()),
        "Selu": lambda: nn.SELU(),
        "Sigmoid": lambda: nn.Sigmoid(),
        "Silu": lambda: nn.SiLU(),
        "Slice": lambda: Function(lambda x: x[:, a["from"] : a["to"]]),
        "Softmax": lambda: nn.Softmax(-1),
        "Softplus": lambda: nn.Softplus(a["beta"]),
        "Tanh": lambda: nn.Tanh(),
    }
    return makers[kind]()


def modules(layers, shape):
    """The modules for layers that follow each other; each is run once to see what shape it gives."""
    made = []
    for layer in layers:
        made.append(module(layer, shape))
        with torch.no_grad():
            shape = list(made[-1].eval()(torch.zeros(1, *shape)).shape[1:])
    return made


def sequential(description):
    return nn.Sequential(*modules([entry["layer"] for entry in description["layers"]], description["input"]))
