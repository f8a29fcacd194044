# How test results become the last line and the exit code.
# shellcheck source=sandbox.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/sandbox.sh"

# projects SCRIPT: what every test project does; $report is where it shall write xunit's XML.
projects() {
    cat >"$sandbox/bin/timeout" <<FAKE
#!/usr/bin/env bash
report=\${*: -1} project=\$(basename -- "\${*: -1}" .xml)
$1
FAKE
    chmod +x "$sandbox/bin/timeout"
}

report='echo "<assemblies><assembly name=\"x\" total=\"4\" passed=\"2\" failed=\"0\" skipped=\"1\" errors=\"0\"></assembly></assemblies>" >"$report"'

test_the_last_line_sums_all_projects() {
    projects "$report"
    local said
    said=$(launch test core experiments e2e 2>/dev/null)
    expect 'last line' '6 passed, 0 failed, 3 skipped' "${said##*$'\n'}"
}

test_a_failing_test_fails_the_command() {
    projects "${report/failed=\\\"0\\\"/failed=\\\"1\\\"}; exit 1"
    local said rc=0
    said=$(launch test core 2>/dev/null) || rc=$?
    expect 'exit code' 1 "$rc"
    expect 'last line' '2 passed, 1 failed, 1 skipped' "${said##*$'\n'}"
}

test_a_project_that_crashes_counts_as_failed() {
    projects "[[ \$project == Core.Tests ]] && exit 139; $report"
    local said rc=0
    said=$(launch test core experiments 2>"$sandbox/said") || rc=$?
    expect 'exit code' 1 "$rc"
    expect 'last line' '2 passed, 1 failed, 1 skipped' "${said##*$'\n'}"
    expect_text 'Core.Tests ended with exit code 139 and no report' "$(<"$sandbox/said")"
}

test_nothing_run_is_a_failure() {
    projects 'echo "<assembly passed=\"0\" failed=\"0\" skipped=\"0\" errors=\"0\" />" >"$report"'
    local said rc=0
    said=$(launch test core --filter nothing-like-it 2>/dev/null) || rc=$?
    expect 'exit code' 1 "$rc"
    expect 'last line' '0 passed, 0 failed' "${said##*$'\n'}"
}

test_tests_that_are_in_the_sources_but_do_not_run_are_a_failure() {
    mkdir -p "$tree/tests/Core.Tests"
    echo '[Fact] public void A() { }' >"$tree/tests/Core.Tests/A.cs"
    projects 'echo "<assembly passed=\"0\" failed=\"0\" skipped=\"0\" errors=\"0\" />" >"$report"'
    local said rc=0
    said=$(launch test core 2>&1) || rc=$?
    expect 'exit code' 1 "$rc"
    expect_text 'Core.Tests ran none of the tests in its sources' "$said"
}
