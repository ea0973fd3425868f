import json

import pytest


def test_dumps(benchmark):
    benchmark(json.dumps, {"a": [1, 2, 3]})


@pytest.mark.parametrize("size", [10, 100])
def test_sort(benchmark, size):
    benchmark(sorted, range(size, 0, -1))


def test_once(benchmark):
    benchmark.pedantic(sum, args=([1, 2],), rounds=1, iterations=1)
