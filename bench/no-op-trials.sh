#!/usr/bin/env bash
# What the orchestration of a trial costs: real processes claim, log, checkpoint and complete trials that train
# nothing, through the real store. Usage: bench/no-op-trials.sh [TRIALS [WORKERS]]
set -euo pipefail

root=$(dirname -- "$(readlink -f -- "$0")")/..
trials=${1:-10000} workers=${2:-2}
program=$root/tests/FakeTrainer/bin/Release/net10.0/FakeTrainer.dll
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

[[ -e $program ]] || dotnet build "$root/tests/FakeTrainer" -c Release -v q --nologo
printf '{"name": "sweep", "faults": ["none"], "seeds": %d, "epochs": [1], "batches": 1, "milliseconds": 0, "lost": 3}' \
    "$trials" >"$folder/sweep.json"

# The disk's own speed is not the orchestration's: the trainer's checkpoints are written without fsync.
export FAKE_NO_FSYNC=1
begin=$(date +%s%N)
dotnet "$program" run --results "$folder/results" --workers "$workers" "$folder/sweep.json" >"$folder/log"
end=$(date +%s%N)

grep -q "$trials of $trials trials completed" "$folder/log" || { tail "$folder/log"; exit 1; }
awk -v t="$trials" -v w="$workers" -v ns="$((end - begin))" 'BEGIN {
    printf "%d no-op trials, %d workers: %.1f s, %.2f ms of a worker per trial\n", t, w, ns / 1e9, ns * w / t / 1e6 }'

begin=$(date +%s%N)
dotnet "$program" status --results "$folder/results" --sweep sweep >/dev/null
end=$(date +%s%N)
awk -v ns="$((end - begin))" 'BEGIN { printf "status of the sweep: %.2f s, the start of the program included\n", ns / 1e9 }'
