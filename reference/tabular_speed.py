"""scikit-learn on the table of `bench table`: python3 reference/tabular_speed.py FILE.csv [ROWS] [EPOCHS]

Reads with Python's csv module, standardizes and imputes the 30 columns of numbers, encodes the 20 of categories one-hot
as a sparse matrix, and trains MLPClassifier with the same hidden layer and batches. Prints the seconds and the seconds
of processors of each part.
"""

import csv
import itertools
import sys
import time
import warnings

import numpy
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = 30
warnings.filterwarnings("ignore", category=ConvergenceWarning)


def lap(part, rows, clock=[time.perf_counter(), time.process_time()]):
    wall, processor = time.perf_counter() - clock[0], time.process_time() - clock[1]
    print(f"{part:24} {wall:6.1f} s  {rows / wall:10,.0f} rows/s  {processor:6.1f} s of processors", flush=True)
    clock[:] = time.perf_counter(), time.process_time()


def main(path, rows=1_000_000, epochs=3):
    numbers = numpy.empty((rows, NUMBERS), dtype=numpy.float32)
    answers = numpy.empty(rows, dtype=numpy.int8)
    with open(path, newline="") as file:
        reader = csv.reader(file)
        columns = len(next(reader))
        known = [{} for _ in range(columns - NUMBERS - 1)]
        codes = numpy.empty((rows, len(known)), dtype=numpy.int32)
        for i, row in enumerate(itertools.islice(reader, rows)):
            numbers[i] = [float(cell) if cell else numpy.nan for cell in row[:NUMBERS]]
            codes[i] = [k.setdefault(cell, len(k)) for k, cell in zip(known, row[NUMBERS:-1])]
            answers[i] = row[-1] == "yes"
    lap("read", rows)
    held = numpy.random.default_rng(42).random(rows) < 0.1
    scale = make_pipeline(StandardScaler(), SimpleImputer(strategy="median", add_indicator=True))
    one_hot = OneHotEncoder(handle_unknown="ignore", dtype=numpy.float32)
    scale.fit(numbers[~held])
    one_hot.fit(codes[~held])

    def features(part):
        scaled = sparse.csr_matrix(scale.transform(numbers[part]))
        return sparse.hstack([scaled, one_hot.transform(codes[part])], format="csr")

    train, test = features(~held), features(held)
    lap("fit and encode", rows)
    model = MLPClassifier((100,), batch_size=512, max_iter=epochs, random_state=1)
    model.fit(train, answers[~held])
    lap(f"{epochs} epochs", rows)
    print(f"accuracy {model.score(test, answers[held]):.4f}, {train.shape[1]} features")
    lap("predict a tenth", rows // 10)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
