#!/usr/bin/env bash
# What the results database bears: ten thousand trials planned and listed, and 32 processes that write epochs' figures at
# once, as 32 workers would. In SQLite, or where ORCHESTRATOR_STORE says, in an empty PostgreSQL database.
# Usage: bench/store-writes.sh [PROCESSES [EPOCHS [FIGURES]]]
set -euo pipefail

root=$(dirname -- "$(readlink -f -- "$0")")/..
processes=${1:-32} epochs=${2:-50} figures=${3:-13}
program=$root/tests/FakeTrainer/bin/Release/net10.0/FakeTrainer.dll
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT

[[ -e $program ]] || dotnet build "$root/tests/FakeTrainer" -c Release -v q --nologo
dotnet "$program" plan-many "$folder/results" 10000 "$epochs"
TIMEFORMAT=%R
{ time dotnet "$program" status --results "$folder/results" --sweep sweep --json >"$folder/status"; } 2>"$folder/time"
echo "10000 trials listed by status in $(cat "$folder/time") s, the start of the program included"

# All stand ready, with a trial each, before the first of them writes.
mkfifo "$folder/go"
pids=()
for i in $(seq "$processes"); do
    dotnet "$program" write-rows "$folder/results" "$epochs" "$figures" <"$folder/go" >"$folder/out.$i" 2>&1 &
    pids+=($!)
done
exec 9>"$folder/go"
for i in $(seq "$processes"); do
    until grep -qs ready "$folder/out.$i" || ! kill -0 "${pids[i - 1]}" 2>/dev/null; do sleep 0.05; done
done
start=$(date +%s%N)
exec 9>&- # the end of the pipe is the signal
failed=0
for pid in "${pids[@]}"; do wait "$pid" || failed=$((failed + 1)); done
end=$(date +%s%N)

if ((failed > 0)); then
    cat "$folder"/out.* >&2
    echo "$failed of $processes processes failed" >&2
    exit 1
fi
awk -v n="$processes" -v r="$((processes * epochs * figures))" -v t="$((end - start))" 'BEGIN {
    s = t / 1e9
    printf "%d processes wrote %d rows in %.1f s: %.0f rows per second, no lock error\n", n, r, s, r / s }'
echo "load of the machine: $(cut -d' ' -f1-3 /proc/loadavg)"
