"""Layers on images: convolution and pooling."""

import torch
from torch import nn

from record import layer


def cases():
    x = torch.randn(2, 4, 5, 4)
    one = torch.randn(2, 1, 4, 5)
    # a few values only, so that windows have ties
    ties = torch.randint(-2, 2, (2, 2, 6, 6)).double()
    return {
        "conv": layer(nn.Conv2d(4, 3, 3), x),
        "conv_same": layer(nn.Conv2d(4, 3, 3, padding=1), x),
        "conv_one_channel": layer(nn.Conv2d(1, 2, 3, padding=1), one),
        "conv_without_bias": layer(nn.Conv2d(4, 2, 2, bias=False), x),
        "conv_stride": layer(nn.Conv2d(4, 3, 3, stride=2, padding=1), x),
        "conv_uneven": layer(nn.Conv2d(4, 2, (3, 2), stride=(2, 1), padding=(0, 2), dilation=(1, 2)), x),
        "conv_dilation": layer(nn.Conv2d(4, 2, 3, padding=2, dilation=2), x),
        "conv_pointwise": layer(nn.Conv2d(4, 5, 1), x),
        "conv_groups": layer(nn.Conv2d(4, 6, 3, padding=1, groups=2), x),
        "conv_depthwise": layer(nn.Conv2d(4, 4, 3, padding=1, groups=4), x),
        "conv_pointwise_groups": layer(nn.Conv2d(4, 6, 1, groups=2), x),
        "max_pool": layer(nn.MaxPool2d(2), x),
        "max_pool_ties": layer(nn.MaxPool2d(2), ties),
        "max_pool_overlapping_ties": layer(nn.MaxPool2d(3, stride=2, padding=1), ties),
        "max_pool_uneven": layer(nn.MaxPool2d((3, 2), stride=(1, 2), padding=(1, 0)), x),
        "avg_pool": layer(nn.AvgPool2d(2), x),
        "avg_pool_padded": layer(nn.AvgPool2d(3, stride=2, padding=1), x),
        "avg_pool_uneven": layer(nn.AvgPool2d((2, 3), stride=(1, 2), padding=(1, 0)), x),
        "global_avg_pool": layer(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), x),
    }
