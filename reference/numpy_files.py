"""Files of numpy's, for the tests of Npy and Npz: see README.md.

Element i, in 'c' order, is 0.75 i - 5 in arrays of floats, 37 i - 100 in arrays of integers and 51 i mod 256 in arrays of bytes.
"""

import pathlib

import numpy

TARGET = pathlib.Path(__file__).resolve().parent.parent / "nn-core/src/test/resources/numpy"
SHAPE = (2, 3, 4)


def array(dtype, shape=SHAPE):
    i = numpy.arange(numpy.prod(shape, dtype=int))
    kind = numpy.dtype(dtype).kind
    values = {"f": 0.75 * i - 5, "i": 37 * i - 100, "u": 51 * i % 256}[kind]
    return values.astype(dtype).reshape(shape)


def arrays():
    """Each type in both byte orders and both orders of elements, and a few shapes."""
    for dtype in ("<f4", ">f4", "<f8", ">f8", "<i4", ">i4", "<i8", ">i8", "|u1"):
        order = {"<": "little", ">": "big", "|": "byte"}[dtype[0]]
        yield f"{dtype[1:]}_{order}_c", array(dtype)
        yield f"{dtype[1:]}_{order}_f", numpy.asfortranarray(array(dtype))
    yield "scalar", array("<f4", ())
    yield "vector", array("<f8", (5,))
    yield "transposed", array("<f4", (4, 3)).T
    yield "strided", array("<f8", (6, 4))[::2, 1::2]


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    named = dict(arrays())
    numpy.savez(TARGET / "stored.npz", **named)
    numpy.savez_compressed(TARGET / "deflated.npz", **named)
    for version in ((1, 0), (2, 0), (3, 0)):
        with open(TARGET / f"version_{version[0]}.npy", "wb") as file:
            numpy.lib.format.write_array(file, array("<f4"), version=version)
    numpy.save(TARGET / "labels.npy", array("<i8", (7,)))
    print(f"numpy {numpy.__version__}: {len(named)} arrays in {TARGET}")


if __name__ == "__main__":
    main()
