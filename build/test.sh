# Runs every test project and the set-up's own tests, and ends with the sum of what they report.

readonly reports=$root/artifacts/tests
# Longer than any project needs on two cores; a test that hangs must not hang for ever.
readonly project_limit=${ORCHESTRATOR_TEST_LIMIT:-1200}

passed=0 failed=0 skipped=0

# run_tests [core|experiments|e2e|setup ...] [--filter TEXT]
run_tests() {
    local chosen=() filter='' suite
    while (($# > 0)); do
        case $1 in
        core | experiments | e2e | setup) chosen+=("$1") ;;
        --filter) filter=${2:?'--filter needs a part of a test name'} && shift ;;
        --filter=*) filter=${1#*=} ;;
        *) stop "unknown argument of test: $1" 'usage: ./orchestrator test [core|experiments|e2e|setup ...] [--filter TEXT]' ;;
        esac
        shift
    done
    # Part of the tests is no place to be told about formatting.
    if ((${#chosen[@]} == 0)); then
        chosen=(setup core experiments e2e)
        # What is out of format counts as failed; the tests run all the same.
        [[ -n $filter ]] || check_sources || failed=$((failed + failed_checks))
    fi
    mkdir -p -- "$reports"
    for suite in "${chosen[@]}"; do run_suite "$suite" "$filter"; done
    sum_up
}

run_suite() {
    case $1 in
    setup) run_setup_tests "$2" ;;
    core) run_project Core.Tests "$2" ;;
    experiments) run_project Experiments.Tests "$2" ;;
    e2e) run_project EndToEnd.Tests "$2" ;;
    esac
}

# A project reports its counts in xunit's XML; one that ends without it, or ends badly with no failure in it, failed.
run_project() {
    local name=$1 filter=$2 rc=0 report=$reports/$1.xml arguments=(-noLogo -noColor)
    say "testing $name"
    rm -f -- "$report"
    [[ -z $filter ]] || arguments+=(-method "*$filter*")
    within "$project_limit" dotnet "$root/tests/$name/bin/Release/net10.0/$name.dll" \
        "${arguments[@]}" -xml "$report" </dev/null 2>&1 | tee -- "$reports/$name.log" || rc=${PIPESTATUS[0]}
    local failed_before=$failed ran_before=$((passed + failed + skipped))
    [[ ! -s $report ]] || add_counts "$report"
    if ((rc == 124 || rc == 137)); then
        fail_project "$name was stopped after $project_limit s (ORCHESTRATOR_TEST_LIMIT)"
    elif [[ ! -s $report ]]; then
        fail_project "$name ended with exit code $rc and no report; log: $reports/$name.log"
    elif ((rc != 0 && failed == failed_before)); then
        fail_project "$name ended with exit code $rc though no test failed; log: $reports/$name.log"
    elif [[ -z $filter ]] && ((passed + failed + skipped == ran_before)) && has_tests "$name"; then
        fail_project "$name ran none of the tests in its sources; log: $reports/$name.log"
    fi
}

# within SECONDS COMMAND...: on a terminal the command stays in the foreground, so that Ctrl-C reaches it.
within() {
    local limit=(timeout --kill-after=30)
    [[ ! -t 2 ]] || limit+=(--foreground)
    "${limit[@]}" "$@"
}

has_tests() { grep -rqE '\[<?(Fact|Theory|Property)' --include='*.cs' --include='*.fs' -- "$root/tests/$1"; }

fail_project() {
    say "$1"
    failed=$((failed + 1))
}

# Adds up the attributes of the report's <assembly> elements.
add_counts() {
    local element
    while IFS= read -r element; do
        passed=$((passed + $(attribute passed "$element")))
        failed=$((failed + $(attribute failed "$element") + $(attribute errors "$element")))
        skipped=$((skipped + $(attribute skipped "$element")))
    done < <(grep -o '<assembly [^>]*>' -- "$1")
}

attribute() {
    local pattern=" $1=\"([0-9]+)\""
    [[ $2 =~ $pattern ]] && echo "${BASH_REMATCH[1]}" || echo 0
}

# Each function named test_* of tests/setup/*.test.sh is one test, run in a shell of its own.
run_setup_tests() {
    local file name began
    say 'testing the set-up'
    began=$failed
    for file in "$root"/tests/setup/*.test.sh; do
        while IFS= read -r name; do
            [[ ${name//_/ } == *"$1"* ]] || continue
            run_setup_test "$file" "$name"
        done < <(sed -n 's/^\(test_[a-z0-9_]*\)() {$/\1/p' "$file")
    done
    ((failed > began)) || say "the set-up's tests passed"
}

run_setup_test() {
    local file=$1 name=$2 log=$reports/setup-$2.log
    if within 120 bash -euo pipefail -c 'source "$1"; "$2"' test "$file" "$name" </dev/null >"$log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        say "FAILED: ${name//_/ } (${file##*/})"
        tail -n 20 -- "$log" | sed 's/^/     | /' >&2
    fi
}

sum_up() {
    local line="$passed passed, $failed failed"
    ((skipped == 0)) || line+=", $skipped skipped"
    ((passed + failed > 0)) || say 'no test ran'
    printf '%s\n' "$line"
    ((failed == 0 && passed > 0))
}
