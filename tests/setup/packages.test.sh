# Missing system packages, with a package table and an apt-get that belong to the test.
# shellcheck source=sandbox.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/sandbox.sh"

# needs_package PACKAGE: the table says that `run` needs it, and that a command of this name proves it.
needs_package() {
    sed -i "s#^libsqlite3-0|.*#$1|command:$1|run|the test wants it#" "$tree/build/packages.sh"
}

# fake NAME: a command on the path, its script on stdin.
fake() {
    { echo '#!/usr/bin/env bash' && cat; } >"$sandbox/bin/$1"
    chmod +x "$sandbox/bin/$1"
}

be_root() { echo 'echo 0' | fake id; }

be_nobody() {
    echo 'echo 1000' | fake id
    echo 'exit 1' | fake sudo
}

test_root_installs_what_is_missing_without_questions() {
    needs_package wanted-tool
    be_root
    fake apt-get <<'APT'
echo "apt-get $* frontend=$DEBIAN_FRONTEND" >>"$CALLS"
[[ $* != *install* ]] || { echo '#!/bin/sh' >"${0%/*}/wanted-tool"; chmod +x "${0%/*}/wanted-tool"; }
APT
    launch plan
    expect 'installs' 1 "$(grep -c 'apt-get -y .*install --no-install-recommends wanted-tool frontend=noninteractive' "$calls")"
    expect 'list updates' 0 "$(grep -c 'apt-get .*update' "$calls" || true)"
}

test_the_package_lists_are_refreshed_only_after_a_first_try_failed() {
    needs_package wanted-tool
    be_root
    fake apt-get <<'APT'
echo "apt-get $*" >>"$CALLS"
case $* in
*update*) : >"$CALLS.updated" ;;
*) [[ -f $CALLS.updated ]] ;;
esac
APT
    launch plan
    expect 'installs' 2 "$(grep -c 'apt-get .*install' "$calls")"
    expect 'list updates' 1 "$(grep -c 'apt-get .*update' "$calls")"
}

test_an_install_that_fails_says_why() {
    needs_package wanted-tool
    be_root
    echo 'echo "E: Unable to locate package wanted-tool"; exit 100' | fake apt-get
    local rc=0 said
    said=$(launch plan 2>&1) || rc=$?
    expect 'exit code' 1 "$rc"
    expect_text '| E: Unable to locate package wanted-tool' "$said"
    expect_text "log: $tree/artifacts/setup/packages.log" "$said"
}

test_without_root_the_command_to_type_is_named() {
    needs_package wanted-tool
    be_nobody
    echo 'echo "apt-get $*" >>"$CALLS"' | fake apt-get
    local rc=0 said
    said=$(launch plan 2>&1) || rc=$?
    expect 'exit code' 1 "$rc"
    expect_text 'sudo apt-get update && sudo apt-get install -y wanted-tool' "$said"
    expect_text 'wanted-tool: the test wants it' "$said"
    expect 'calls of apt-get' 0 "$(grep -c '^apt-get' "$calls" 2>/dev/null || true)"
}

test_packages_for_tests_are_not_asked_for_by_run() {
    sed -i 's#^chromium|.*#no-browser|command:no-browser|test|only tests need it#' "$tree/build/packages.sh"
    be_nobody
    launch plan
    local rc=0 said
    said=$(launch test setup 2>&1) || rc=$?
    expect 'exit code' 1 "$rc"
    expect_text 'no-browser: only tests need it' "$said"
}
