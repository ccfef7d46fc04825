"""Recurrent layers: the last state and all states."""

from torch import nn
import torch

from record import layer


class AllStates:
    """Keeps what PyTorch calls output, [batch, time, units]."""

    def forward(self, x):
        return super().forward(x)[0]


class LastState:
    """Keeps the state after the last step, [batch, units]."""

    def forward(self, x):
        return super().forward(x)[0][:, -1]


class LstmAll(AllStates, nn.LSTM):
    pass


class LstmLast(LastState, nn.LSTM):
    pass


class GruAll(AllStates, nn.GRU):
    pass


class GruLast(LastState, nn.GRU):
    pass


def cases():
    x = torch.randn(3, 6, 5)
    single = torch.randn(1, 1, 2)
    cases = {}
    for name, last, every in (("lstm", LstmLast, LstmAll), ("gru", GruLast, GruAll)):
        cases |= {
            f"{name}_last": layer(last(5, 4, batch_first=True), x),
            f"{name}_all": layer(every(5, 4, batch_first=True), x),
            f"{name}_one_step": layer(last(2, 3, batch_first=True), single),
            f"{name}_large": layer(every(5, 4, batch_first=True), x * 10),
            f"{name}_stack": layer(
                nn.Sequential(every(5, 3, batch_first=True), last(3, 4, batch_first=True), nn.Linear(4, 2)), x
            ),
        }
    return cases
