"""Reads model files that Jacobi wrote, without a line of Jacobi's: see README.md."""

import collections
import hashlib
import json
import pathlib
import sys

import numpy

import safetensors_file


def array(recorded):
    return numpy.array(recorded["data"], dtype="f8").reshape(recorded["shape"])


def read(file):
    """The tensors and the description, after both hashes were compared."""
    tensors, metadata, body = safetensors_file.read(file)
    text = metadata["jacobi"]
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == metadata["jacobi.sha256"], f"{file}: description"
    description = json.loads(text)
    assert hashlib.sha256(body).hexdigest() == description["sha256"], f"{file}: tensors"
    return tensors, description


def compare_tensors(file, tensors, description, expected):
    """Every number is the one that the model had."""
    dtype = {"FLOAT": "<f4", "DOUBLE": "<f8"}[description["type"]]
    assert tensors.keys() == expected["tensors"].keys(), f"{file}: {sorted(tensors)}"
    for name, tensor in tensors.items():
        assert tensor.dtype == numpy.dtype(dtype), f"{file}: {name} is {tensor.dtype}"
        assert numpy.array_equal(tensor.astype("f8"), array(expected["tensors"][name])), f"{file}: {name} differs"


def compare_outputs(file, tensors, description, expected):
    """torch.nn.Sequential takes the tensors as its state_dict and gives the same outputs; returns by how much they differ."""
    import torch
    import torch_layers

    model = torch_layers.sequential(description)
    dtype = {"FLOAT": torch.float32, "DOUBLE": torch.float64}[description["type"]]
    model = model.to(dtype).eval()
    model.load_state_dict({name: torch.from_numpy(tensor.copy()) for name, tensor in tensors.items()}, strict=True)
    x = torch.from_numpy(array(expected["x"])).to(dtype)
    with torch.no_grad():
        y = model(x).double().numpy()
    difference = numpy.abs(y - array(expected["y"])).max() / max(1, numpy.abs(y).max())
    assert difference < {"FLOAT": 1e-5, "DOUBLE": 1e-12}[description["type"]], f"{file}: differs by {difference}"
    return difference


def main(directory, with_torch):
    files = sorted(pathlib.Path(directory).glob("*.safetensors"))
    assert files, f"{directory} has no .safetensors files: run RoundTripTest first"
    count, worst = 0, collections.Counter()
    for file in files:
        tensors, description = read(file)
        expected = json.loads(file.with_suffix(".json").read_text())
        compare_tensors(file, tensors, description, expected)
        count += len(tensors)
        if with_torch:
            difference = compare_outputs(file, tensors, description, expected)
            worst[description["type"]] = max(worst[description["type"]], difference)
    print(f"{len(files)} files, {count} tensors: hashes and every number agree")
    for dtype, difference in worst.items():
        print(f"torch.nn.Sequential, {dtype}: outputs differ by {difference:.1e} at most, relative to the largest")


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
    main(sys.argv[1], "--torch" in sys.argv[2:])
