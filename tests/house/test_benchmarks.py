"""Benchmarks are run by hand: a name that they use must not go away unseen."""

import importlib
import pkgutil

import pytest

import benchmarks

MODULES = [each.name for each in pkgutil.walk_packages(benchmarks.__path__, "benchmarks.")]


@pytest.mark.parametrize("module", MODULES)
def test_every_benchmark_can_be_imported(module: str):
    assert importlib.import_module(module).__doc__


def test_peers_are_among_them():
    assert "benchmarks.peers.ordinary_intake" in MODULES
