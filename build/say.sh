# What the set-up tells people: one line per step, on stderr, so that stdout stays the program's.

say() { printf 'setup: %s\n' "$*" >&2; }

# stop "what went wrong" "remedy line" ...
stop() {
    printf 'setup: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do printf '       %s\n' "$line" >&2; done
    exit 1
}

# step "what it does" "what to do when it fails" log-name command arguments...
step() {
    local title=$1 remedy=$2 log=$state/$3.log began=${EPOCHREALTIME/[.,]/} rc=0
    shift 3
    printf 'setup: %s ... ' "$title" >&2
    # Nothing here may ask a question or keep the lock (descriptor 9) open after the set-up.
    "$@" </dev/null >"$log" 2>&1 9>&- || rc=$?
    local tenths=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
    if ((rc == 0)); then
        printf '%d.%d s\n' $((tenths / 10)) $((tenths % 10)) >&2
        return 0
    fi
    printf 'failed after %d.%d s (exit code %d)\n' $((tenths / 10)) $((tenths % 10)) "$rc" >&2
    # The .NET build prints each error twice.
    tail -n 60 -- "$log" | awk 'NF && !seen[$0]++' | tail -n 20 | sed 's/^/     | /' >&2
    stop "the step failed: $title" "log: $log" "to do: $remedy"
}

in_root() { (cd -- "$root" && "$@"); }
