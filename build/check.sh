# Formatting and scripts: what can be judged without running anything.

readonly checks=(check_fsharp check_csharp check_scripts)

# Prints what each check has to say; fails when one failed. Sets failed_checks to how many.
check_sources() {
    local check
    failed_checks=0
    for check in "${checks[@]}"; do ("$check") || failed_checks=$((failed_checks + 1)); done
    ((failed_checks == 0))
}

check_fsharp() {
    local folder folders=()
    for folder in Core Experiments tests scripts; do
        if [[ -d $root/$folder ]]; then folders+=("$folder"); fi
    done
    step 'checking the format of F# (fantomas)' "dotnet fantomas ${folders[*]}" check-fsharp \
        in_root dotnet fantomas --check "${folders[@]}"
}

check_csharp() {
    local scope=(. --folder --include Core/ Experiments/ tests/ bench/ --exclude '**/obj/**' '**/bin/**')
    step 'checking the format of C# (dotnet format whitespace)' "dotnet format whitespace ${scope[*]}" check-csharp \
        in_root dotnet format whitespace "${scope[@]}" --verify-no-changes
}

check_scripts() {
    step 'checking the set-up scripts (shellcheck)' 'see the log; shellcheck.net/wiki explains each code' check-scripts \
        in_root shellcheck --external-sources orchestrator .ci/run build/prefetch bench/gpu/pack bench/gpu/run "$root"/tests/setup/*.test.sh
}
