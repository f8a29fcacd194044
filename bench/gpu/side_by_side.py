"""Core's trainer against PyTorch on one device, by turns, as a table (Markdown) and as JSON with every figure."""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))

# The ways to train, in the order of the table: heading, side, what it is asked for.
WAYS = [
    ("PyTorch eager", "pytorch", ["--way", "eager"], []),
    ("torch.compile", "pytorch", ["--way", "compile"], []),
    ("PyTorch graphs", "pytorch", ["--way", "graphs"], []),
    ("Core", "core", [], []),
    ("Core graphs", "core", ["graphs"], []),
    ("PyTorch graphs, TF32", "pytorch", ["--way", "graphs", "--options", "tf32"], ["gpu"]),
    ("Core graphs, TF32", "core", ["graphs", "tf32"], ["gpu"]),
    ("PyTorch graphs, bf16", "pytorch", ["--way", "graphs", "--options", "bf16"], ["gpu"]),
    ("Core graphs, bf16", "core", ["graphs", "bf16"], ["gpu"]),
    ("PyTorch eager, bf16", "pytorch", ["--way", "eager", "--options", "bf16"], ["cpu"]),
    ("Core, bf16", "core", ["bf16"], ["cpu"]),
]


def run(command, limit):
    done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["no message"])[-1], "stderr": done.stderr[-4000:]}
    return json.loads(done.stdout.splitlines()[-1])


def command(way, model, arguments):
    _, side, options, _ = way
    if side == "core":
        return arguments.trainer + [model, arguments.device, str(arguments.steps), str(arguments.warmup), arguments.data] + options
    return [sys.executable, os.path.join(HERE, "train.py"), model, "--device", arguments.device, "--data", arguments.data,
            "--steps", str(arguments.steps), "--warmup", str(arguments.warmup)] + options


def measure(way, model, arguments):
    try:
        return run(command(way, model, arguments), arguments.limit)
    except subprocess.TimeoutExpired:
        return {"failed": f"not done within {arguments.limit} s"}


def refused(result):
    return [remark for remark in result.get("remarks", []) if remark.startswith("cuda_graphs")]


def cell(results):
    notes = [r.get("failed") or r.get("unavailable") for r in results if "milliseconds" not in r]
    if notes:
        return "failed" if any("failed" in r for r in results) else "—"
    values = [r["milliseconds"] for r in results]
    mark = " (plain)" if refused(results[0]) else ""
    return f"{statistics.median(values):.3f} ({min(values):.3f}–{max(values):.3f}){mark}"


def table(ways, models, figures):
    lines = ["| model | " + " | ".join(way[0] for way in ways) + " | Core graphs / PyTorch graphs |",
             "| --- |" + " --- |" * (len(ways) + 1)]
    for model in models:
        cells = [cell(figures[model][way[0]]) for way in ways]
        lines.append(f"| {model} | " + " | ".join(cells) + f" | {ratio(figures[model])} |")
    return lines


def ratio(row):
    mine, theirs = row.get("Core graphs", []), row.get("PyTorch graphs", [])
    if not all("milliseconds" in r for r in mine + theirs) or refused(mine[0]):
        return "—"
    return f"{statistics.median([r['milliseconds'] for r in mine]) / statistics.median([r['milliseconds'] for r in theirs]):.2f}"


def notes(ways, models, figures):
    said = {}
    for model in models:
        for way in ways:
            for result in figures[model][way[0]]:
                for text in [result.get("failed"), result.get("unavailable"), *refused(result)]:
                    if text:
                        said.setdefault(f"{way[0]}: {text}", []).append(model)
    return [f"- {text} ({', '.join(sorted(set(where)))})" for text, where in said.items()]


def versions(arguments):
    import torch
    facts = {
        "date": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()),
        "build": open(arguments.build).read().strip() if arguments.build else "",
        "python": platform.python_version(), "pytorch": torch.__version__, "cuda": torch.version.cuda or "none",
        "system": platform.platform(), "device": arguments.device,
    }
    facts["core"] = run(arguments.trainer + ["devices"], 120)
    if arguments.device.startswith("cuda") and torch.cuda.is_available():
        facts["gpu"] = torch.cuda.get_device_name(torch.device(arguments.device))
        facts["cudnn"] = torch.backends.cudnn.version()
        asked = subprocess.run(["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"], capture_output=True, text=True)
        facts["driver"] = asked.stdout.strip().splitlines()[0] if asked.returncode == 0 and asked.stdout.strip() else "unknown"
    return facts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="*", default=["dense-vae", "conv-vae", "004-conv-vae", "002-cvae", "001-gan", "simple-ae"])
    parser.add_argument("--trainer", nargs="+", required=True, help="the command that starts Orchestrator.GpuBench")
    parser.add_argument("--device", required=True)
    parser.add_argument("--data", required=True, help="a folder of IDX files with MNIST's names")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--warmup", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=300, help="seconds of one measurement")
    parser.add_argument("--budget", type=int, default=0, help="seconds after which no further round is begun; 0 for no bound")
    parser.add_argument("--build", help="a file that says what was built")
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    kind = "gpu" if arguments.device.startswith("cuda") else "cpu"
    ways = [way for way in WAYS if not way[3] or kind in way[3]]
    figures = {model: {way[0]: [] for way in ways} for model in arguments.models}
    facts, began, rounds = versions(arguments), time.time(), 0
    for _ in range(arguments.rounds):
        if rounds and arguments.budget and time.time() - began > arguments.budget * rounds / (rounds + 1):
            break
        for model in arguments.models:
            for way in ways:
                earlier = figures[model][way[0]]
                # What failed or is not there once is so again.
                if not earlier or "milliseconds" in earlier[-1]:
                    earlier.append(measure(way, model, arguments))
                    print(f"{model}, {way[0]}: {cell(earlier)}", flush=True)
        rounds += 1
    sizes = {model: {r["parameters"] for results in row.values() for r in results if "parameters" in r} for model, row in figures.items()}
    unequal = [model for model, found in sizes.items() if len(found) > 1]
    lines = [f"Milliseconds a step, median (lowest–highest) of {rounds} rounds of {arguments.steps} steps, on {facts.get('gpu', arguments.device)}.", ""]
    lines += table(ways, arguments.models, figures)
    lines += ["", *notes(ways, arguments.models, figures), "", "```json", json.dumps(facts, indent=1), "```", ""]
    os.makedirs(arguments.out, exist_ok=True)
    with open(os.path.join(arguments.out, "table.md"), "w") as file:
        file.write("\n".join(lines))
    with open(os.path.join(arguments.out, "figures.json"), "w") as file:
        json.dump({"facts": facts, "figures": figures}, file, indent=1)
    print("\n".join(lines))
    if unequal:
        sys.exit(f"Core's and PyTorch's models differ in their parameters: {', '.join(unequal)}")
    if any("failed" in r for row in figures.values() for name, results in row.items() if name.startswith("Core") for r in results):
        sys.exit("a training of Core failed")


if __name__ == "__main__":
    main()
