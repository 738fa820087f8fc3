"""A pytest plugin (-p safety.mutated): one module of the portal is imported as a mutant.

MUTANT names it: "apps/accounts/scope.py:17".
"""

import importlib.machinery
import os
import sys
from pathlib import Path

from safety.mutants import mutant

ROOT = Path(__file__).resolve().parent.parent


class Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        source = Path(self.path).read_text()
        return compile(mutant(source, NUMBER), self.path, "exec")


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != MODULE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        spec.loader = Loader(name, spec.origin)
        return spec


PLACE, _, _number = os.environ["MUTANT"].rpartition(":")
NUMBER, MODULE = int(_number), PLACE.removesuffix(".py").replace("/", ".")
sys.meta_path.insert(0, Finder)
