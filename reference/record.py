"""How one case is recorded."""

import torch


def array(tensor):
    tensor = tensor.detach().double()
    return {"shape": list(tensor.shape), "data": tensor.reshape(-1).tolist()}


def layer(module, x, differentiable=True, rename=None):
    """Runs a torch module in training mode on x, with a random cotangent.

    Parameters keep their torch names unless `rename` maps them; a callable serves where torch has only a function.
    """
    x = x.detach().clone().requires_grad_(differentiable)
    y = module(x)
    dy = torch.randn_like(y)
    named = dict(module.named_parameters()) if isinstance(module, torch.nn.Module) else {}
    for p in named.values():
        p.grad = None
    y.backward(dy)
    rename = rename or (lambda name: name)
    case = {
        "x": array(x),
        "y": array(y),
        "dy": array(dy),
        "parameters": {rename(n): array(p) for n, p in named.items()},
        "gradients": {rename(n): array(p.grad) for n, p in named.items()},
    }
    if differentiable:
        case["dx"] = array(x.grad)
    return case


def loss(function, prediction, target):
    """`function(prediction, target)` gives a scalar."""
    prediction = prediction.detach().clone().requires_grad_(True)
    value = function(prediction, target)
    value.backward()
    return {
        "prediction": array(prediction),
        "target": array(target),
        "value": array(value),
        "gradient": array(prediction.grad),
    }


def trajectory(optimizer, steps=20, size=7, schedule=None, bias=0, clip=None):
    """Twenty steps of an optimizer on a fixed sequence of gradients.

    `optimizer` maps a list of parameters to a torch optimizer, `schedule` that optimizer to a torch scheduler. There is one
    parameter, a weight, unless the last `bias` elements are another. With `clip`, the gradients of all parameters together are clipped
    to this norm before each step; the case has the gradients from before.
    """
    start = torch.randn(size)
    sizes = [size - bias, bias] if bias else [size]
    parts = [torch.nn.Parameter(part.clone()) for part in start.split(sizes)]
    opt = optimizer(parts)
    sched = schedule(opt) if schedule else None
    gradients, weights, rates = [], [], []
    for _ in range(steps):
        gradient = torch.randn(size)
        for part, g in zip(parts, gradient.split(sizes)):
            part.grad = g.clone()
        if clip:
            torch.nn.utils.clip_grad_norm_(parts, clip)
        rates.append(opt.param_groups[0]["lr"])
        opt.step()
        if sched:
            sched.step()
        gradients.append(gradient)
        weights.append(torch.cat([part.detach() for part in parts]))
    case = {
        "start": array(start),
        "gradients": array(torch.stack(gradients)),
        "weights": array(torch.stack(weights)),
        "rates": array(torch.tensor(rates)),
    }
    return {**case, "bias": bias} if bias else case
