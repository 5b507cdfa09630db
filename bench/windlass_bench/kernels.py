"""The sixteen kernels and their amounts of work.

`few` is little more than the kernel's preparation, `some` costs about 10 ms natively (1 to 4 seconds in a slow
interpreter), `many` about 80 ms (1 to 2 seconds in a fast one). The slope is between `few` and one of the others.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kernel:
    name: str
    few: int
    some: int
    many: int


KERNELS = (
    Kernel("base64", 1, 5, 25),
    Kernel("bigint", 0, 16, 120),
    Kernel("chacha20", 0, 8, 60),
    Kernel("fannkuch", 7, 9, 10),
    Kernel("fib", 20, 33, 37),
    Kernel("hashmap", 200000, 600000, 2600000),
    Kernel("json", 0, 2, 12),
    Kernel("lz", 0, 1, 4),
    Kernel("mandelbrot", 50, 220, 600),
    Kernel("match", 0, 1, 1),
    Kernel("matmul", 50, 350, 700),
    Kernel("nbody", 1000, 200000, 1300000),
    Kernel("qsort", 1000, 120000, 800000),
    Kernel("sha256", 0, 1, 8),
    Kernel("sieve", 0, 1, 2),
    Kernel("spectralnorm", 50, 450, 1300),
)
