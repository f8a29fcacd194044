# Which torch provider is taken, and what the program is told about it.
# shellcheck source=sandbox.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/sandbox.sh"

test_a_libtorch_that_is_found_means_the_system_provider_and_says_why() {
    local said
    said=$(launch plan 2>&1)
    expect_text "torch provider: system (LIBTORCH is set to $LIBTORCH)" "$said"
    expect_text "provider=system reason=LIBTORCH is set to $LIBTORCH" "$(<"$calls")"
}

test_the_reason_is_told_again_at_a_start_that_builds_nothing() {
    launch plan
    forget
    launch plan
    expect_text "provider=system reason=LIBTORCH is set to $LIBTORCH" "$(<"$calls")"
}

test_a_relative_libtorch_is_made_absolute_for_the_build() {
    cd -- "$sandbox" || return
    export DOTNET_BUILD='echo "libtorch=$LIBTORCH" >>"$CALLS"'
    LIBTORCH=torch launch plan
    expect_text "libtorch=$sandbox/torch" "$(<"$calls")"
}

test_the_nuget_provider_resolves_its_group_and_builds_with_it() {
    local scratch=$tree/artifacts/setup/TorchCpu/Packages.csproj
    unset LIBTORCH
    TorchProvider=nuget launch plan
    expect_text '<PackageReference Include="TorchSharp" Version="' "$(<"$scratch")"
    expect_text '<PackageReference Include="libtorch-cpu-linux-x64" Version="' "$(<"$scratch")"
    expect 'resolutions' 1 "$(count 'paket update --group TorchCpu --no-install')"
    expect 'restores' 1 "$(count 'paket restore --group TorchCpu')"
    expect_text 'provider=nuget reason=TorchProvider is set to nuget' "$(<"$calls")"
}

test_another_provider_means_another_build() {
    launch plan
    forget
    TorchProvider=nuget-cuda launch plan
    expect 'builds' 1 "$(count build)"
    launch plan
    expect 'builds' 2 "$(count build)"
}

test_tests_built_for_another_provider_are_built_again() {
    echo 'exit 0' >"$sandbox/bin/timeout"
    chmod +x "$sandbox/bin/timeout"
    ! launch test core
    TorchProvider=nuget launch plan
    forget
    ! launch test core
    expect 'builds of the tests' 1 "$(count 'build Orchestrator.sln')"
}

test_a_libtorch_that_was_removed_means_a_new_choice() {
    launch plan
    rm -r "${LIBTORCH:?}/include"
    local rc=0 said
    said=$(launch plan 2>&1) || rc=$?
    expect 'exit code' 1 "$rc"
    expect_text 'holds no libtorch' "$said"
}
