"""Optimizers, schedules, weight decay, penalties, clipping, and what watches for a plateau."""

import torch
from torch import optim
from torch.nn.utils import clip_grad_norm_, clip_grad_value_
from torch.optim import lr_scheduler

from record import array, trajectory


class DecoupledSgd(optim.SGD):
    """PyTorch's SGD has no decoupled weight decay: here it is, before the step, as in its AdamW."""

    def __init__(self, groups, lr, momentum, decay):
        super().__init__(groups, lr=lr, momentum=momentum)
        self.decay = decay

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                p.mul_(1 - group["lr"] * group.get("decay", self.decay))
        super().step()


def weights_only(parameters, name):
    weight, bias = parameters
    return [{"params": [weight]}, {"params": [bias], name: 0.0}]


def scheduled(schedule, lr=0.5, steps=20):
    return trajectory(lambda p: optim.SGD(p, lr=lr), schedule=schedule, steps=steps, size=3)


def warm_up(opt):
    first = lr_scheduler.LinearLR(opt, start_factor=1 / 6, total_iters=5)
    then = lr_scheduler.CosineAnnealingLR(opt, T_max=15)
    return lr_scheduler.SequentialLR(opt, [first, then], milestones=[5])


def one_cycle(steps, **options):
    return lambda opt: lr_scheduler.OneCycleLR(opt, max_lr=0.5, total_steps=steps, cycle_momentum=False, **options)


def penalty(function):
    w = torch.randn(8)
    w[2] = 0.0
    w.requires_grad_(True)
    value = function(w)
    value.backward()
    return {"weights": array(w), "value": array(value), "gradient": array(w.grad)}


def clipped(function, gradient):
    p = torch.nn.Parameter(torch.zeros_like(gradient))
    p.grad = gradient.clone()
    function([p])
    return {"gradient": array(gradient), "norm": array(gradient.norm()), "clipped": array(p.grad)}


def plateau(losses, **options):
    opt = optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    sched = lr_scheduler.ReduceLROnPlateau(opt, **options)
    rates = []
    for loss in losses:
        sched.step(loss)
        rates.append(opt.param_groups[0]["lr"])
    return {"losses": array(torch.tensor(losses)), "rates": array(torch.tensor(rates))}


def cases():
    gradient = torch.randn(9) * 3
    # 1.49999 is less, but not by the share that counts
    losses = [3.0, 2.0, 1.5, 1.49999, 1.6, 1.6, 1.4, 1.5, 1.5, 1.3, 1.5, 1.5, 1.2] + [1.4] * 12
    return {
        "adam": trajectory(lambda p: optim.Adam(p, lr=1e-1)),
        "adam_set": trajectory(lambda p: optim.Adam(p, lr=1e-1, betas=(0.5, 0.9), eps=1e-2)),
        "adam_cosine": trajectory(
            lambda p: optim.Adam(p, lr=1e-1), schedule=lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=20)
        ),
        "adamw": trajectory(lambda p: optim.AdamW(weights_only(p, "weight_decay"), lr=1e-1), bias=3),
        "adamw_set": trajectory(
            lambda p: optim.AdamW(
                weights_only(p, "weight_decay"), lr=1e-1, betas=(0.5, 0.9), eps=1e-2, weight_decay=0.5
            ),
            bias=3,
        ),
        "adamw_all": trajectory(lambda p: optim.AdamW(p, lr=1e-1, weight_decay=0.5), bias=3),
        # PyTorch 1.10 to 1.13 has a mistake in its loop over single tensors, and none in the one over many: pull request 92699
        "nadam": trajectory(lambda p: optim.NAdam(p, lr=1e-1, foreach=True)),
        "nadam_set": trajectory(
            lambda p: optim.NAdam(p, lr=1e-1, betas=(0.5, 0.9), eps=1e-2, momentum_decay=0.5, foreach=True)
        ),
        "rmsprop": trajectory(lambda p: optim.RMSprop(p, lr=1e-1)),
        "rmsprop_set": trajectory(lambda p: optim.RMSprop(p, lr=1e-1, alpha=0.5, eps=1e-2, momentum=0.9)),
        "adagrad": trajectory(lambda p: optim.Adagrad(p, lr=1e-1)),
        "adagrad_set": trajectory(lambda p: optim.Adagrad(p, lr=1e-1, eps=1e-2)),
        "sgd_decay": trajectory(
            lambda p: DecoupledSgd(weights_only(p, "decay"), lr=0.1, momentum=0.9, decay=0.5), bias=3
        ),
        "sgd_decay_all": trajectory(lambda p: DecoupledSgd(p, lr=0.1, momentum=0.0, decay=0.5), bias=3),
        "cosine_to_end": scheduled(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=20, eta_min=0.1)),
        "step": scheduled(lambda o: lr_scheduler.StepLR(o, step_size=3, gamma=0.5)),
        "exponential": scheduled(lambda o: lr_scheduler.ExponentialLR(o, gamma=0.8)),
        "warm_up": scheduled(warm_up),
        "one_cycle": scheduled(one_cycle(20)),
        "one_cycle_set": scheduled(one_cycle(17, pct_start=0.45), steps=17),
        "l1": penalty(lambda w: 0.3 * w.abs().sum()),
        "l2": penalty(lambda w: 0.3 * w.square().sum()),
        "clip_norm": clipped(lambda p: clip_grad_norm_(p, 2.0), gradient),
        "clip_norm_of_short": clipped(lambda p: clip_grad_norm_(p, 100.0), gradient),
        "clip_value": clipped(lambda p: clip_grad_value_(p, 2.0), gradient),
        "plateau": plateau(losses, factor=0.5, patience=2, min_lr=0.2),
        "plateau_of_default": plateau([1.0] * 25),
    }
