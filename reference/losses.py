"""Losses, with weights of classes and of examples.

PyTorch has no weights of examples: those cases are weighted means of its losses of each example, taken with reduction="none".
"""

import torch
from torch.nn import functional as F

from record import array, loss


def weighted(each, prediction, target, weights):
    """Records sum(w l) / sum(w), where `each(prediction, target)` gives the loss of each example."""
    case = loss(lambda y, t: (weights * each(y, t)).sum() / weights.sum(), prediction, target)
    case["weights"] = array(weights)
    return case


def per_example(function, **options):
    """The mean over the outputs of each example."""
    return lambda y, t: function(y, t, reduction="none", **options).flatten(1).mean(1)


def cases():
    y = torch.randn(5, 4) * 2
    t = torch.randn(5, 4)
    images = torch.randn(3, 2, 3, 2)
    image_targets = torch.randn(3, 2, 3, 2)
    shares = torch.tensor([[0, 1, 0.3, 1], [1, 0.5, 0, 0], [0.9, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 0.1]])
    logits = torch.randn(6, 4) * 3
    logs = torch.log_softmax(logits, 1)
    classes = torch.tensor([0, 3, 1, 2, 2, 0])
    rows = torch.softmax(torch.randn(6, 4), 1)
    hard_rows = torch.tensor(
        [[1, 0, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 0, 1], [0.25, 0.25, 0.25, 0.25], [0.1, 0.2, 0.3, 0.4], [0, 1, 0, 0]]
    )
    class_weights = torch.tensor([1, 2, 0.5, 0.1])
    five = torch.tensor([1, 0.5, 0, 3, 2])
    six = torch.tensor([1, 0.5, 0, 3, 2, 0.1])
    wide = torch.tensor([[1e4, -1e4, 30, -30], [1e4, -1e4, 800, -800]])
    wide_targets = torch.tensor([[1.0, 0, 1, 0], [0, 1, 0, 1]])
    return {
        "mean_squared_error": loss(F.mse_loss, y, t),
        "mean_squared_error_images": loss(F.mse_loss, images, image_targets),
        "mean_squared_error_weighted": weighted(per_example(F.mse_loss), y, t, five),
        "mean_absolute_error": loss(F.l1_loss, y, t),
        "mean_absolute_error_at_kink": loss(F.l1_loss, y, torch.where(t > 0, y, t)),
        "mean_absolute_error_weighted": weighted(per_example(F.l1_loss), y, t, five),
        "huber": loss(F.huber_loss, y, t),
        "huber_narrow": loss(lambda a, b: F.huber_loss(a, b, delta=0.3), y, t),
        "huber_wide_weighted": weighted(per_example(F.huber_loss, delta=2.5), y, t, five),
        "binary_cross_entropy": loss(F.binary_cross_entropy_with_logits, y, shares),
        "binary_cross_entropy_wide": loss(F.binary_cross_entropy_with_logits, wide, wide_targets),
        "binary_cross_entropy_positive": loss(
            lambda a, b: F.binary_cross_entropy_with_logits(a, b, pos_weight=torch.tensor(3.5)), y, shares
        ),
        "binary_cross_entropy_weighted": weighted(
            per_example(F.binary_cross_entropy_with_logits, pos_weight=torch.tensor(0.4)), y, shares, five
        ),
        "negative_log_likelihood": loss(F.nll_loss, logs, classes),
        "negative_log_likelihood_classes": loss(lambda a, b: F.nll_loss(a, b, weight=class_weights), logs, classes),
        "negative_log_likelihood_weighted": weighted(
            lambda a, b: F.nll_loss(a, b, reduction="none"), logs, classes, six
        ),
        "kullback_leibler": loss(lambda a, b: F.kl_div(a, b, reduction="batchmean"), logs, rows),
        "kullback_leibler_zeros": loss(lambda a, b: F.kl_div(a, b, reduction="batchmean"), logs, hard_rows),
        "kullback_leibler_weighted": weighted(
            lambda a, b: F.kl_div(a, b, reduction="none").sum(1), logs, rows, six
        ),
        "softmax_cross_entropy_classes": loss(
            lambda a, b: F.cross_entropy(a, b, weight=class_weights), logits, classes
        ),
        "softmax_cross_entropy_classes_smoothed": loss(
            lambda a, b: F.cross_entropy(a, b, weight=class_weights, label_smoothing=0.2), logits, classes
        ),
        "softmax_cross_entropy_classes_rows": loss(
            lambda a, b: F.cross_entropy(a, b, weight=class_weights), logits, rows
        ),
        "softmax_cross_entropy_classes_rows_smoothed": loss(
            lambda a, b: F.cross_entropy(a, b, weight=class_weights, label_smoothing=0.2), logits, rows
        ),
        "softmax_cross_entropy_weighted": weighted(
            lambda a, b: F.cross_entropy(a, b, label_smoothing=0.1, reduction="none"), logits, classes, six
        ),
        # both: each example counts for its own weight times that of its class, in the sum and in what it is divided by
        "softmax_cross_entropy_classes_weighted": both(class_weights, logits, classes, six),
    }


def both(class_weights, logits, classes, weights):
    def mean(z, k):
        w = weights * class_weights[k]
        return (w * F.cross_entropy(z, k, reduction="none")).sum() / w.sum()

    case = loss(mean, logits, classes)
    case["weights"] = array(weights)
    return case
