# Starting the program: when it builds, when it does not, and what it hands on.
# shellcheck source=sandbox.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/sandbox.sh"

test_the_first_start_restores_builds_and_runs() {
    launch plan x.yaml
    expect 'tool restores' 1 "$(count 'tool restore')"
    expect 'downloads' 'package download FSharp.Core@10.1.401 xunit.v3@3.2.2 --output '"$HOME/.nuget/packages" \
        "$(grep '^package download' "$calls")"
    expect 'paket restores' 2 "$(count 'paket restore --group')"
    expect 'builds' 1 "$(count 'build Experiments/')"
    expect 'program starts' 1 "$(count "$tree/Experiments/bin/Release/net10.0/orchestrator.dll plan x.yaml")"
}

test_a_start_with_nothing_changed_says_nothing_and_calls_only_the_program() {
    launch plan
    forget
    expect 'what it says' '' "$(launch plan 2>&1)"
    expect 'calls' "$tree/Experiments/bin/Release/net10.0/orchestrator.dll plan" "$(grep -v '^cwd=\|^argument=' "$calls")"
}

test_a_changed_source_is_built_again_without_restoring() {
    launch plan
    forget
    echo 'class D;' >"$tree/Core/C.cs"
    launch plan
    expect 'builds' 1 "$(count build)"
    expect 'restores' 0 "$(count 'tool restore')"
}

test_a_source_that_keeps_an_old_date_is_built_too() {
    launch plan
    forget
    echo 'class Old;' >"$tree/Core/Old.cs"
    touch -d 2001-01-01 "$tree/Core/Old.cs" "$tree/Core"
    launch plan
    expect 'builds' 1 "$(count build)"
}

test_a_deleted_source_means_a_build() {
    mkdir -p "$tree/Core/Models"
    echo 'class M;' >"$tree/Core/Models/M.cs"
    launch plan
    forget
    rm "$tree/Core/Models/M.cs"
    launch plan
    expect 'builds' 1 "$(count build)"
}

test_a_source_edited_during_the_build_is_built_at_the_next_start() {
    DOTNET_BUILD='echo "class Late;" >Core/C.cs' launch plan
    forget
    launch plan
    expect 'builds' 1 "$(count build)"
}

test_a_changed_lock_is_restored_again() {
    launch plan
    forget
    printf '    YamlDotNet (16.3.0)\n' >>"$tree/paket.lock"
    launch plan
    expect 'tool restores' 1 "$(count 'tool restore')"
}

test_packages_that_went_missing_are_fetched_at_the_next_build() {
    launch plan
    forget
    rm -r "$HOME/.nuget/packages/xunit.v3"
    echo 'class D;' >"$tree/Core/C.cs"
    launch plan
    expect 'downloads' "package download xunit.v3@3.2.2 --output $HOME/.nuget/packages" "$(grep '^package download' "$calls")"
}

test_arguments_the_folder_and_the_exit_code_pass_through() {
    local rc=0
    mkdir "$sandbox/elsewhere"
    cd -- "$sandbox/elsewhere" || return
    PROGRAM_EXIT=130 launch run 'my sweep.yaml' '' --x='a b' || rc=$?
    expect 'exit code' 130 "$rc"
    expect 'arguments' $'argument=run\nargument=my sweep.yaml\nargument=\nargument=--x=a b' "$(grep '^argument=' "$calls")"
    expect_text "cwd=$sandbox/elsewhere " "$(<"$calls")"
}

test_it_works_through_a_symbolic_link() {
    ln -s "$tree/orchestrator" "$sandbox/bin/orchestrator"
    orchestrator status
    expect 'program starts' 1 "$(count "$tree/Experiments/bin/Release/net10.0/orchestrator.dll status")"
}

test_two_starts_at_once_build_once() {
    local first
    # The first build goes on until the second start is seen to wait for it.
    export DOTNET_BUILD='until grep -q waiting "$CALLS.second" 2>/dev/null; do sleep 0.05; done'
    launch plan &
    first=$!
    until [[ $(count build 2>/dev/null) == 1 ]]; do sleep 0.05; done
    launch plan 2>"$calls.second"
    wait "$first"
    expect 'builds' 1 "$(count build)"
    expect 'program starts' 2 "$(count "$tree/Experiments/bin/")"
}
