"""BatchNorm and LayerNorm."""

import torch
from torch import nn

from record import array, layer


def batch_norm(module, x):
    """Training, then prediction with the statistics that training left."""
    with torch.no_grad():
        module.weight.copy_(torch.randn_like(module.weight))
        module.bias.copy_(torch.randn_like(module.bias))
    case = layer(module, x)
    case["states"] = {"running_mean": array(module.running_mean), "running_var": array(module.running_var)}
    module.eval()
    case["predicted"] = array(module(x))
    return case


def layer_norm(module, x):
    with torch.no_grad():
        module.weight.copy_(torch.randn_like(module.weight))
        module.bias.copy_(torch.randn_like(module.bias))
    return layer(module, x)


def cases():
    features = 3 + 2 * torch.randn(6, 4)
    image = 1 + 3 * torch.randn(3, 2, 4, 5)
    return {
        "batch_norm_features": batch_norm(nn.BatchNorm1d(4), features),
        "batch_norm_images": batch_norm(nn.BatchNorm2d(2), image),
        "batch_norm_one_image": batch_norm(nn.BatchNorm2d(2), image[:1]),
        "batch_norm_other": batch_norm(nn.BatchNorm1d(4, eps=0.1, momentum=0.3), features),
        "batch_norm_sequence": batch_norm(nn.BatchNorm1d(5), torch.randn(4, 5, 3)),
        "layer_norm": layer_norm(nn.LayerNorm(4), features),
        "layer_norm_last": layer_norm(nn.LayerNorm(5), image),
        "layer_norm_whole": layer_norm(nn.LayerNorm([2, 4, 5]), image),
        "layer_norm_other": layer_norm(nn.LayerNorm(4, eps=0.1), features),
    }
