"""What scikit-learn makes of tables: features of raw cells, splits and scores of its small data sets.

    /usr/bin/python3 reference/tabular.py                # both
    /usr/bin/python3 reference/tabular.py preprocessing  # nn-tabular/src/test/resources/preprocessing
    /usr/bin/python3 reference/tabular.py scores         # nn-tabular/src/test/resources/tables

Needs scikit-learn 1.2 or newer (Debian: python3-sklearn), which ships the data sets.
"""

import csv
import pathlib
import random
import sys
import warnings

import numpy
from sklearn import datasets
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    RobustScaler,
    StandardScaler,
)

RESOURCES = pathlib.Path(__file__).resolve().parent.parent / "nn-tabular" / "src" / "test" / "resources"

SEEDS = 10


def write(path, header, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    print(f"{path.relative_to(RESOURCES.parent.parent.parent.parent)}: {len(rows)} rows")


# Preprocessing: rows to fit to, rows to encode, and the features that scikit-learn makes of the latter

SIZES = ["S", "M", "L", "XL"]
WORDS = ["red", "blue", "green", "large", "small", "old", "new"]


def raw_row(draw, serving):
    unknown = serving and draw.random() < 0.2
    return {
        "standard": round(draw.gauss(170, 8), 2),
        "minmax": round(draw.uniform(-3, 12), 3),
        "robust": round(draw.gauss(5, 1) * (100 if draw.random() < 0.1 else 1), 3),
        "income": round(10 ** draw.uniform(0, 6) * draw.choice([1, 1, 1, -1]), 2),
        "gap": None if draw.random() < 0.15 else round(draw.expovariate(0.1), 3),
        "job": "pilot" if unknown else draw.choice(["baker", "clerk", "smith"]),
        "city": "Oslo" if unknown else draw.choice(["Bern"] * 8 + ["Rome"] * 6 + ["Lima"] * 5 + ["Bonn", "Kyiv"]),
        "size": draw.choice(SIZES),
        "title": " ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 5))).capitalize(),
        "price": round(draw.gauss(300, 120), 2),
    }


def log(x):
    return numpy.sign(x) * numpy.log1p(numpy.abs(x))


def preprocessing():
    draw = random.Random(7)
    train = [raw_row(draw, False) for _ in range(80)]
    serve = [raw_row(draw, True) for _ in range(25)]
    directory = RESOURCES / "preprocessing"
    for name, rows in (("train", train), ("serve", serve)):
        write(directory / f"{name}.csv", list(train[0]), [["" if v is None else v for v in r.values()] for r in rows])

    def column(rows, name, kind=float):
        values = [numpy.nan if r[name] is None else r[name] for r in rows]
        return numpy.array(values, dtype=kind)[:, None]

    features = {}

    def add(names, transformer, name, kind=float):
        transformer.fit(column(train, name, kind))
        made = transformer.transform(column(serve, name, kind))
        made = numpy.asarray(made.todense() if hasattr(made, "todense") else made)
        features.update(zip(names(transformer) if callable(names) else names, made.T, strict=True))

    add(["standard"], StandardScaler(), "standard")
    add(["minmax"], MinMaxScaler(), "minmax")
    add(["robust"], RobustScaler(), "robust")
    add(["income"], make_pipeline(FunctionTransformer(log), StandardScaler()), "income")
    # a scaler leaves NaN out, so that imputed numbers move neither mean nor deviation
    scaled = make_pipeline(StandardScaler(), SimpleImputer(strategy="median", add_indicator=True))
    add(["gap", "gap is missing"], scaled, "gap")
    add(lambda t: [f"job={c}" for c in t.categories_[0]], OneHotEncoder(handle_unknown="ignore"), "job", object)
    rare = OneHotEncoder(min_frequency=5, handle_unknown="infrequent_if_exist")

    def with_rare(t):
        kept = [c for c in t.categories_[0] if c not in t.infrequent_categories_[0]]
        return [f"city={c}" for c in kept] + ["city is another"]

    add(with_rare, rare, "city", object)
    add(["size"], make_pipeline(OrdinalEncoder(categories=[SIZES]), StandardScaler()), "size", object)
    words = TfidfVectorizer(use_idf=False, sublinear_tf=True, norm="l2", token_pattern=r"[^\W_]+")
    words.fit([r["title"] for r in train])
    made = words.transform([r["title"] for r in serve]).toarray()
    features.update(zip([f"title: {w}" for w in words.get_feature_names_out()], made.T, strict=True))
    add(["price"], StandardScaler(), "price")
    write(
        directory / "features.csv",
        list(features),
        [[repr(float(v)) for v in row] for row in numpy.column_stack(list(features.values()))],
    )


# Scores: the same rows to train and to judge with for both libraries, and what scikit-learn reaches

TABLES = ["iris", "wine", "breast_cancer", "diabetes", "digits"]


def scores():
    warnings.filterwarnings("ignore", category=ConvergenceWarning)
    directory = RESOURCES / "tables"
    reached = []
    for name in TABLES:
        data = getattr(datasets, f"load_{name}")()
        x, y = data.data, data.target
        regression = name == "diabetes"
        labels = [repr(float(t)) if regression else str(data.target_names[t]) for t in y]
        header = [str(n) for n in data.feature_names] + ["target"]
        rows = [[f"{v:.10g}" for v in r] + [t] for r, t in zip(x, labels)]
        write(directory / f"{name}.csv", header, rows)
        x = numpy.array([[float(v) for v in r[:-1]] for r in rows])
        tests = []
        for seed in range(SEEDS):
            train, test = train_test_split(
                numpy.arange(len(y)), test_size=0.25, random_state=seed, stratify=None if regression else y
            )
            tests.append(" ".join(map(str, sorted(test))))
            network = MLPRegressor if regression else MLPClassifier
            model = make_pipeline(StandardScaler(), network((100,), random_state=seed, max_iter=1000))
            model.fit(x[train], y[train])
            # accuracy, or R2
            reached.append([name, seed, repr(float(model.score(x[test], y[test])))])
        write(directory / f"{name}.test.csv", ["rows"], [[t] for t in tests])
    write(directory / "scores.csv", ["table", "seed", "score"], reached)


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["preprocessing", "scores"]
    if "preprocessing" in wanted:
        preprocessing()
    if "scores" in wanted:
        scores()
