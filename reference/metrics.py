"""Metrics of classifiers and of regression, by scikit-learn.

The name of a case starts with how its outputs are read; the group `values` has each metric by its name in Jacobi. What
scikit-learn leaves undefined, such as the area under a curve of one class, is not recorded.
"""

import numpy
import sklearn
from sklearn import metrics

from einsum import array

MADE_WITH = f"scikit-learn {sklearn.__version__}"

AVERAGES = {"": "macro", " micro": "micro", " weighted": "weighted"}
SCORES = {"precision": metrics.precision_score, "recall": metrics.recall_score, "f1": metrics.f1_score}


def softmax(z):
    e = numpy.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def sigmoid(z):
    return 1 / (1 + numpy.exp(-z))


def decisions(target, predicted, **options):
    return {
        name + suffix: score(target, predicted, average=average, zero_division=0, **options)
        for name, score in SCORES.items()
        for suffix, average in AVERAGES.items()
    }


def calibration_error(confidence, right, bins=10):
    """Guo et al. 2017, equation 3, as they write it; scikit-learn has none."""
    error = 0
    for m in range(bins):
        inside = (confidence > m / bins) & (confidence <= (m + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


def case(prediction, target, values):
    return {
        "prediction": array(prediction),
        "target": array(target),
        "values": {name: array(value) for name, value in values.items()},
    }


def classes(outputs, target, p, ranked=True):
    """Outputs [n, classes] with probabilities p, and class indices.

    Not `ranked`: the last bit of a softmax decides whether examples tie, so that their order is nobody's reference.
    """
    n, k = outputs.shape
    one_hot = numpy.eye(k)[target]
    predicted = outputs.argmax(1)
    values = decisions(target, predicted)
    values["log loss"] = metrics.log_loss(target, p, labels=range(k))
    for top in range(1, k):
        values[f"top-{top} accuracy"] = (
            metrics.top_k_accuracy_score(target, outputs, k=top, labels=range(k))
            if k > 2
            else metrics.accuracy_score(target, predicted)
        )
    values["calibration error"] = calibration_error(p.max(1), predicted == target)
    values["brier score"] = (
        metrics.brier_score_loss(target, p[:, 1]) if k == 2 else numpy.mean(((p - one_hot) ** 2).sum(1))
    )
    if ranked:
        values["average precision"] = metrics.average_precision_score(*(target, p[:, 1]) if k == 2 else (one_hot, p))
    if ranked and len(set(target)) == k:
        values["roc auc"] = metrics.roc_auc_score(target, p[:, 1] if k == 2 else p, multi_class="ovr")
    return case(outputs, target, values)


def binary(outputs, target, p):
    """Outputs [n, 1] or [n, labels], each yes or no, with the probabilities p of a yes."""
    yes = (p > 0.5).astype(int)
    labels = range(p.shape[1])
    columns = [(target[:, i], p[:, i]) for i in labels]
    values = {
        name + suffix: score(target[:, 0], yes[:, 0], zero_division=0)
        if len(labels) == 1
        else score(target, yes, average=average, zero_division=0)
        for name, score in SCORES.items()
        for suffix, average in AVERAGES.items()
    }
    values["log loss"] = numpy.mean([metrics.log_loss(t, q, labels=[0, 1]) for t, q in columns])
    values["brier score"] = numpy.mean([metrics.brier_score_loss(t, q, pos_label=1) for t, q in columns])
    values["calibration error"] = calibration_error(
        numpy.where(yes == 1, p, 1 - p).reshape(-1), (yes == target).reshape(-1)
    )
    values["average precision"] = numpy.mean([metrics.average_precision_score(t, q) for t, q in columns])
    if all(0 < t.mean() < 1 for t, _ in columns):
        values["roc auc"] = numpy.mean([metrics.roc_auc_score(t, q) for t, q in columns])
    return case(outputs, target, values)


def numbers(outputs, target):
    values = {
        "mae": metrics.mean_absolute_error(target, outputs),
        "rmse": metrics.mean_squared_error(target, outputs, squared=False),
        "mape": metrics.mean_absolute_percentage_error(target, outputs),
        "r2": metrics.r2_score(target, outputs),
    }
    return case(outputs, target, values)


def cases():
    random = numpy.random.RandomState(20240607)
    target4 = random.randint(0, 4, 83)
    logits4 = random.standard_normal((83, 4)) * 2 + 1.5 * numpy.eye(4)[target4]
    coarse = numpy.round(logits4)
    absent = numpy.where(target4 == 2, 0, target4)
    never = logits4 - 9 * numpy.eye(4)[3]
    target2 = random.randint(0, 2, 61)
    logits2 = random.standard_normal((61, 2)) + numpy.eye(2)[target2]
    p3 = softmax(random.standard_normal((47, 3)))
    sure = numpy.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0], [0, 0.25, 0.75]])
    cuts = numpy.sort(random.randint(0, 5, (60, 2)) * 4, axis=1)
    sixteenths = numpy.diff(numpy.hstack([numpy.zeros((60, 1)), cuts, numpy.full((60, 1), 16)])) / 16
    yes = random.randint(0, 2, (71, 1))
    logit = random.standard_normal((71, 1)) * 2 + yes
    tied = numpy.round(logit)
    labels = random.randint(0, 2, (53, 5))
    label_logits = random.standard_normal((53, 5)) * 2 + labels
    empty = labels * (numpy.arange(5) != 3)
    p = sigmoid(random.standard_normal((37, 1)))
    p[:7, 0] = [0, 1, 0.5, 0.1, 0.2, 0.7, 1]
    y = random.standard_normal((29, 3)) * [1, 20, 0.1]
    t = y + random.standard_normal((29, 3)) * [0.5, 3, 0.2]
    return {
        "class_logits": classes(logits4, target4, softmax(logits4)),
        "class_logits_ties": classes(coarse, target4, softmax(coarse), ranked=False),
        "class_logits_absent": classes(logits4, absent, softmax(logits4)),
        "class_logits_never_predicted": classes(never, target4, softmax(never)),
        "class_logits_absent_and_never": classes(never, target4 % 3, softmax(never)),
        "class_logits_constant": classes(numpy.zeros((83, 4)), target4, numpy.full((83, 4), 0.25)),
        "class_logits_one_class": classes(logits4, numpy.full(83, 1), softmax(logits4)),
        "class_logits_two": classes(logits2, target2, softmax(logits2)),
        "class_probabilities": classes(p3, random.randint(0, 3, 47), p3),
        "class_probabilities_ties": classes(sixteenths, random.randint(0, 3, 60), sixteenths),
        "class_probabilities_sure": classes(sure, numpy.array([0, 1, 1, 1, 2]), sure),
        "binary_logits": binary(logit, yes, sigmoid(logit)),
        "binary_logits_ties": binary(tied, yes, sigmoid(tied)),
        "binary_logits_constant": binary(numpy.zeros((71, 1)), yes, numpy.full((71, 1), 0.5)),
        "binary_logits_all_yes": binary(logit, numpy.ones((71, 1), int), sigmoid(logit)),
        "binary_logits_all_no": binary(logit, numpy.zeros((71, 1), int), sigmoid(logit)),
        "binary_logits_labels": binary(label_logits, labels, sigmoid(label_logits)),
        "binary_logits_labels_absent": binary(label_logits, empty, sigmoid(label_logits)),
        "binary_probabilities": binary(p, random.randint(0, 2, (37, 1)), p),
        "numbers": numbers(y[:, :1], t[:, :1]),
        "numbers_three": numbers(y, t),
        "numbers_constant_target": numbers(y, t * [1, 1, 0] + [0, 0, 0.5]),
        "numbers_perfect_constant": numbers(y * 0 + 2.5, y * 0 + 2.5),
        "numbers_far_from_zero": numbers(y + 1e6, t + 1e6),
        "numbers_target_zero": numbers(y, t * 0),
    }
