# What the set-up says when something is wrong.
# shellcheck source=sandbox.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/sandbox.sh"

# refused COMMAND...: sets `said` to everything it printed; fails unless it ended with exit code 1.
refused() {
    local rc=0
    said=$("$@" 2>&1) || rc=$?
    expect "exit code (it said: $said)" 1 "$rc"
}

test_a_failing_build_is_reported_with_its_last_lines_and_its_log() {
    export DOTNET_BUILD='echo "Core/C.cs(1,1): error CS1002: ; expected"; exit 3'
    refused launch plan
    expect_text 'failed after' "$said"
    expect_text 'exit code 3' "$said"
    expect_text '| Core/C.cs(1,1): error CS1002: ; expected' "$said"
    expect_text "log: $tree/artifacts/setup/build.log" "$said"
    expect 'program starts' 0 "$(count "$tree/Experiments/bin/")"
}

test_after_a_failing_build_the_next_start_builds_again() {
    DOTNET_BUILD='exit 3' refused launch plan
    forget
    launch plan
    expect 'builds' 1 "$(count build)"
    expect 'program starts' 1 "$(count "$tree/Experiments/bin/")"
}

test_an_unknown_provider_is_refused_with_the_right_ones() {
    TorchProvider=cuda refused launch plan
    expect_text 'TorchProvider=cuda is not a torch provider' "$said"
    local name
    for name in system nuget nuget-cuda; do expect_text "       $name " "$said"; done
    expect 'builds' 0 "$(count build)"
}

test_a_libtorch_folder_without_libtorch_is_refused() {
    mkdir "$sandbox/empty"
    LIBTORCH=$sandbox/empty refused launch plan
    expect_text "LIBTORCH=$sandbox/empty holds no libtorch" "$said"
}

test_a_missing_sdk_is_named_with_where_to_get_it() {
    # Everything but dotnet stays on the path.
    local tools=$sandbox/tools tool
    mkdir "$tools"
    for tool in bash env dirname readlink find mkdir flock; do ln -s "$(command -v "$tool")" "$tools/$tool"; done
    PATH=$tools refused launch plan
    expect_text 'the .NET 10 SDK is missing' "$said"
    expect_text 'https://dotnet.microsoft.com' "$said"
}

test_a_home_that_cannot_be_written_to_is_explained() {
    : >"$sandbox/file"
    HOME=$sandbox/file refused launch plan
    expect_text "cannot write to $sandbox/file/.nuget/packages" "$said"
    expect_text 'set HOME' "$said"
}

test_an_unknown_argument_of_test_is_refused() {
    DOTNET_BUILD=: refused launch test nonsense
    expect_text 'unknown argument of test: nonsense' "$said"
}
