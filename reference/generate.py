"""Records the values of PyTorch and NumPy for the reference tests: see README.md."""

import importlib
import json
import pathlib
import sys

import torch

HELPERS = (
    "generate",
    "numpy_files",
    "read_models",
    "read_numpy",
    "record",
    "safetensors_file",
    "tabular",
    "tabular_speed",
    "torch_layers",
)
HERE = pathlib.Path(__file__).resolve().parent


def target(group):
    """A group belongs to nn-layers unless it names another module."""
    directory = HERE.parent / getattr(group, "MODULE", "nn-layers") / "src" / "test" / "resources" / "reference"
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def groups():
    return sorted(p.stem for p in HERE.glob("*.py") if p.stem not in HELPERS)


def main(names):
    torch.set_default_dtype(torch.float64)
    for name in names or groups():
        torch.manual_seed(20240607)
        group = importlib.import_module(name)
        cases = group.cases()
        file = target(group) / f"{name}.json"
        made_with = getattr(group, "MADE_WITH", f"PyTorch {torch.__version__}")
        document = {"made_by": f"reference/{name}.py with {made_with}", "cases": cases}
        file.write_text(json.dumps(document, indent=None, separators=(",", ":")).replace('},"', '},\n"') + "\n")
        print(f"{file.relative_to(HERE.parent)}: {len(cases)} cases")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    main(sys.argv[1:])
