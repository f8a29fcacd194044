#!/usr/bin/env bash
# What the orchestration of a trial costs: real processes claim, log, checkpoint and complete trials that train
# nothing, through the real store, for some seconds, with very many pending.
# Usage: bench/no-op-trials.sh [TRIALS [WORKERS [SECONDS]]]
set -euo pipefail

root=$(dirname -- "$(readlink -f -- "$0")")/..
trials=${1:-10000} workers=${2:-2} seconds=${3:-60}
program=$root/tests/FakeTrainer/bin/Release/net10.0/FakeTrainer.dll
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

[[ -e $program ]] || dotnet build "$root/tests/FakeTrainer" -c Release -v q --nologo
printf '{"name": "sweep", "faults": ["none"], "seeds": %d, "epochs": [1], "batches": 1, "milliseconds": 0, "lost": 3}' \
    "$trials" >"$folder/sweep.json"

# The disk's own speed is not the orchestration's: the trainer's checkpoints are written without fsync.
export FAKE_NO_FSYNC=1
TIMEFORMAT='%R %U %S'
{ time timeout --signal=INT "$seconds" dotnet "$program" run --results "$folder/results" --workers "$workers" \
    "$folder/sweep.json" >"$folder/log" 2>&1 || echo $? >"$folder/code"; } 2>"$folder/time"
# Done, or stopped at a checkpoint because the seconds were over; anything else is no measurement.
case $(cat "$folder/code" 2>/dev/null || echo 0) in
0 | 124 | 130) ;;
*) tail "$folder/log" >&2; exit 1 ;;
esac
read -r wall user system <"$folder/time"
{ time dotnet "$program" status --results "$folder/results" --sweep sweep --json >"$folder/status"; } 2>"$folder/time"
read -r status _ <"$folder/time"
completed=$(grep -o '"completed": *[0-9]*' "$folder/status" | head -n 1 | grep -o '[0-9]*$')
((completed > 0)) || { tail "$folder/log"; exit 1; }

awk -v t="$trials" -v c="$completed" -v w="$workers" -v r="$wall" -v p="$(awk "BEGIN { print $user + $system }")" 'BEGIN {
    printf "%d of %d no-op trials by %d workers in %.1f s: %.2f ms of a worker, %.2f ms of processor time per trial,\n", \
        c, t, w, r, r * w / c * 1000, p / c * 1000
    print "start and end of the processes included" }'
echo "status of the sweep: $status s, the start of the program included; load of the machine: $(cut -d' ' -f1-3 /proc/loadavg)"
