"""What this machine can do at best: SGEMM at the sizes of the benchmark's models and copying in memory, on one thread.

Processor time, so that other work on the machine disturbs little. OPENBLAS_CORETYPE chooses OpenBLAS's kernels.
"""
import resource

import torch

SIZES = [(1024, 1024, 1024), (128, 784, 400), (128, 400, 784), (784, 128, 400), (128, 12544, 32)]


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def seconds(work, times):
    work()
    best = float("inf")
    for _ in range(5):
        start = processor_seconds()
        for _ in range(times):
            work()
        best = min(best, (processor_seconds() - start) / times)
    return best


def main():
    torch.set_num_threads(1)
    for m, k, n in SIZES:
        a, b = torch.randn(m, k), torch.randn(k, n)
        flops = 2 * m * k * n
        print(f"SGEMM {m} x {k} x {n}: {flops / seconds(lambda: a @ b, max(3, int(2e9 / flops))) / 1e9:.0f} GFLOP/s")
    for floats, name in [(16_000_000, "memory"), (100_352, "cache, one batch of images")]:
        source = torch.randn(floats)
        target = torch.empty_like(source)
        moved = 8 * floats
        rate = moved / seconds(lambda: target.copy_(source), max(3, int(4e8 / moved))) / 1e9
        print(f"copy in {name}: {rate:.0f} GB/s read and written")


if __name__ == "__main__":
    main()
