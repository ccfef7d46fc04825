"""Reads the .npy and .npz files that Jacobi's tests leave in nn-core/target/numpy-files, with numpy alone: see README.md.

A file is named after its content: <type>_<dimensions>.npy holds 0.75 i - 5 at element i in 'c' order, and integers 37 i - 100.
"""

import pathlib
import sys

import numpy


def check(name, array):
    dtype, _, dims = name.split(".")[0].partition("_")
    shape = tuple(int(dim) for dim in dims.split("x") if dim)
    i = numpy.arange(array.size)
    expected = 37 * i - 100 if dtype == "i4" else 0.75 * i - 5
    assert array.dtype == numpy.dtype("<" + dtype), f"{name} is {array.dtype}"
    assert array.shape == shape, f"{name} is {array.shape}"
    assert numpy.array_equal(array.reshape(-1), expected.astype(array.dtype)), f"{name} differs"


def main(directory):
    directory = pathlib.Path(directory)
    files = sorted(directory.glob("*.npy"))
    assert files, f"{directory} has no .npy files: run NpyTest first"
    for file in files:
        check(file.name, numpy.load(file, allow_pickle=False))
        with open(file, "rb") as opened:
            numpy.lib.format.read_magic(opened)
            numpy.lib.format.read_array_header_1_0(opened)
            assert opened.tell() % 64 == 0, f"{file}: elements begin at {opened.tell()}"
    with numpy.load(directory / "all.npz", allow_pickle=False) as archive:
        names = archive.files
        for name in names:
            check(name, archive[name])
    print(f"numpy {numpy.__version__}: {len(files)} files and {len(names)} arrays of all.npz agree")


if __name__ == "__main__":
    main(sys.argv[1])
