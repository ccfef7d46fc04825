"""The safetensors format in plain Python: what Jacobi's files are checked with, and what writes PyTorch's for its tests."""

import json
import math
import struct

import numpy

DTYPES = {"F32": "<f4", "F64": "<f8", "I64": "<i8"}


def read(file):
    """The tensors by name, the metadata, and the bytes of all tensors."""
    data = file.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length].decode("utf-8"))
    metadata = header.pop("__metadata__", {})
    body = data[8 + length :]
    tensors, end = {}, 0
    for name, info in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, stop = info["data_offsets"]
        dtype = numpy.dtype(DTYPES[info["dtype"]])
        assert begin == end, f"{file}: {name} begins at {begin}, expected {end}"
        assert stop - begin == dtype.itemsize * math.prod(info["shape"]), f"{file}: {name} has a wrong length"
        tensors[name] = numpy.frombuffer(body[begin:stop], dtype).reshape(info["shape"])
        end = stop
    assert end == len(body), f"{file}: {len(body) - end} bytes too many"
    assert length % 8 == 0, f"{file}: the tensors begin at an odd place"
    return tensors, metadata, body


def write(file, tensors, metadata=None):
    """Numpy arrays by name, one behind the other."""
    names = {numpy.dtype(code): name for name, code in DTYPES.items()}
    header, begin = {"__metadata__": metadata or {}}, 0
    for name, array in tensors.items():
        header[name] = {
            "dtype": names[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [begin, begin + array.nbytes],
        }
        begin += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    body = b"".join(numpy.ascontiguousarray(array).tobytes() for array in tensors.values())
    file.write_bytes(struct.pack("<Q", len(text)) + text + body)
