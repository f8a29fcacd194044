# The checks that need no build.
# shellcheck source=sandbox.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/sandbox.sh"

mkdir -p "$tree/.ci" "$tree/bench/gpu"
cp -- "$repository/.ci/run" "$tree/.ci/"
cp -- "$repository"/bench/gpu/{pack,run} "$tree/bench/gpu/"
mkdir -p "$tree/tests/setup"
echo 'true' >"$tree/tests/setup/none.test.sh"
echo 'shell=bash' >"$tree/.shellcheckrc"

test_a_check_builds_nothing() {
    launch check
    expect 'builds' 0 "$(count build)"
    expect 'F# checks' 1 "$(count 'fantomas --check Core Experiments tests')"
    expect 'C# checks' 1 "$(count 'format whitespace')"
}

test_every_check_is_made_though_the_first_one_failed() {
    local rc=0
    # No fantomas.
    sed -i '2a [[ $1 != fantomas ]] || { echo "$*" >>"$CALLS"; exit 99; }' "$sandbox/bin/dotnet"
    launch check || rc=$?
    expect 'exit code' 1 "$rc"
    expect 'C# checks' 1 "$(count 'format whitespace')"
}

test_a_failed_check_counts_as_a_failure_of_the_tests() {
    sed -i '2a [[ $1 != fantomas ]] || exit 99' "$sandbox/bin/dotnet"
    cat >"$sandbox/bin/timeout" <<'FAKE'
#!/usr/bin/env bash
[[ $* != *-xml* ]] || echo '<assembly passed="1" failed="0" skipped="0" errors="0" />' >"${*: -1}"
FAKE
    chmod +x "$sandbox/bin/timeout"
    local said rc=0
    said=$(launch test 2>/dev/null) || rc=$?
    expect 'exit code' 1 "$rc"
    expect 'last line' '3 passed, 1 failed' "${said##*$'\n'}"
}
