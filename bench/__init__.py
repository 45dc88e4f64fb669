"""Benchmarks (性能测量): one module each, with a `run()`; every figure has its limit beside it."""
