"""Jacobians, Hessians and Hessian-vector products of small networks, by PyTorch's automatic differentiation."""

import torch
from torch import nn
from torch.autograd import functional
from torch.nn import functional as F
from torch.nn.utils.stateless import functional_call

from record import array


def flat(module):
    return nn.utils.parameters_to_vector(module.parameters()).detach()


def unflatten(module, weights):
    """Parameters by name, cut from one vector: the layout of Jacobi's weights."""
    named = dict(module.named_parameters())
    parts = weights.split([p.numel() for p in named.values()])
    return {name: part.view_as(p) for (name, p), part in zip(named.items(), parts)}


def network(module, x, target, loss):
    """Every derivative of one network on one batch; a module in eval() predicts."""

    def outputs(weights, inputs):
        return functional_call(module, unflatten(module, weights), inputs)

    def mean_loss(weights):
        return loss(outputs(weights, x), target)

    weights = flat(module)
    states = [b.clone() for n, b in module.named_buffers() if n.endswith(("running_mean", "running_var"))]
    v = torch.randn_like(weights)
    gradient = functional.jacobian(mean_loss, weights)
    case = {
        "x": array(x),
        "target": array(target),
        "weights": array(weights),
        **({"states": array(torch.cat(states))} if states else {}),
        "y": array(outputs(weights, x)),
        "value": array(mean_loss(weights)),
        "gradient": array(gradient),
        # [batch, outputs, batch, inputs...]: every output by every input of the batch
        "batch_jacobian": array(functional.jacobian(lambda inputs: outputs(weights, inputs), x)),
        # [batch, outputs, weights]
        "weight_jacobian": array(functional.jacobian(lambda w: outputs(w, x), weights)),
        "v": array(v),
        "hvp": array(functional.vhp(mean_loss, weights, v)[1]),
        "hessian": array(functional.hessian(mean_loss, weights)),
    }
    return case


def randomized(module):
    """Scales, shifts and running statistics that start at 0 or 1 hide mistakes."""
    with torch.no_grad():
        for p in module.parameters():
            p.add_(0.3 * torch.randn_like(p))
        for n, b in module.named_buffers():
            if n.endswith(("running_mean", "running_var")):
                b.copy_(torch.rand_like(b) + 0.5)
    return module


def cases():
    x = torch.randn(5, 3)
    classes = torch.tensor([0, 2, 1, 1, 3])
    numbers = torch.randn(5, 2)
    images = torch.randn(3, 2, 4, 4)
    mlp = randomized(nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 4)))
    regression = randomized(nn.Sequential(nn.Linear(3, 4), nn.Sigmoid(), nn.Linear(4, 2), nn.GELU()))
    convolution = randomized(
        nn.Sequential(nn.Conv2d(2, 2, 3, padding=1), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(8, 3))
    )
    normalized = randomized(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, 2)))
    return {
        "mlp": network(mlp, x, classes, F.cross_entropy),
        "regression": network(regression, x, numbers, F.mse_loss),
        "convolution": network(convolution, images, torch.tensor([0, 2, 1]), F.cross_entropy),
        "batch_norm": network(normalized, x, numbers, F.mse_loss),
        "batch_norm_predicting": network(normalized.eval(), x, numbers, F.mse_loss),
    }
