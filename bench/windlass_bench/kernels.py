"""The sixteen kernels and their amounts of work.

`few` is little more than the kernel's preparation, `some` costs about 10 ms natively (1 to 4 seconds in a slow
interpreter), `many` about 80 ms (1 to 2 seconds in a fast one), `most` about half a second, for compiled code.
The slope is between `few` and one of the others.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kernel:
    name: str
    few: int
    some: int
    many: int
    most: int


KERNELS = (
    Kernel("base64", 1, 5, 25, 200),
    Kernel("bigint", 0, 16, 120, 900),
    Kernel("chacha20", 0, 8, 60, 450),
    Kernel("fannkuch", 7, 9, 10, 11),
    Kernel("fib", 20, 33, 37, 41),
    Kernel("hashmap", 200000, 600000, 2600000, 16000000),
    Kernel("json", 0, 2, 12, 80),
    Kernel("lz", 0, 1, 4, 24),
    Kernel("mandelbrot", 50, 220, 600, 1700),
    Kernel("match", 0, 1, 1, 2),
    Kernel("matmul", 50, 350, 700, 1200),
    Kernel("nbody", 1000, 200000, 1300000, 9000000),
    Kernel("qsort", 1000, 120000, 800000, 6000000),
    Kernel("sha256", 0, 1, 8, 60),
    Kernel("sieve", 0, 1, 2, 8),
    Kernel("spectralnorm", 50, 450, 1300, 3600),
)
