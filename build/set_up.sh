# The steps in order, under a lock, so that two starts at once do not build at once.

set_up_locked() {
    local goal=$1
    { mkdir -p -- "$state" && [[ -w $state ]]; } 2>/dev/null || stop "cannot write to $state, where the set-up keeps its state" \
        'to do: make the folder writable, or clone the repository to where you can write'
    exec 9>"$state/lock"
    if command -v flock >/dev/null && ! flock --nonblock 9; then
        say 'waiting for another set-up of this folder to end'
        flock 9
    fi
    case $goal in
    check) set_up_checks ;;
    *) is_ready "$goal" || set_up_build "$goal" ;;
    esac
    exec 9>&-
}

# Checks read sources; they need the tools, and nothing built.
set_up_checks() {
    ensure_sdk
    ensure_packages check
    restore_packages
}

# run: the program. all: its tests too.
set_up_build() {
    local goal=$1 wished purposes groups
    wished=$(wishes)
    ensure_sdk
    choose_provider
    mapfile -t purposes < <(provider_purposes)
    ! has_assets || purposes+=(assets)
    [[ $goal == run ]] || purposes+=(check test)
    ensure_packages run "${purposes[@]}"
    [[ $TorchProvider != system || -n $torch_found ]] || find_torch
    mapfile -t groups < <(torch_group)
    restore_packages "${groups[@]}"
    build_assets
    : >"$state/build-began"
    compile "$goal"
    record_build "$goal" "$wished"
}

# Remembers what was built, and from when its sources are.
record_build() {
    local goal=$1 wished=$2 stamp stamps=("$state/built-run")
    [[ $goal == run ]] || stamps+=("$state/built-all")
    # The tests of another provider are not this provider's tests.
    [[ $goal == all ]] || same_provider || rm -f -- "$state/built-all"
    printf '%s\n' "$wished" "$TorchProvider" "$ORCHESTRATOR_PROVIDER_REASON" "$torch_found" >"$state/provider.new"
    mv -f -- "$state/provider.new" "$state/provider"
    for stamp in "${stamps[@]}"; do
        : >"$stamp.done"
        cp -p -- "$state/build-began" "$stamp.new"
        mv -f -- "$stamp.new" "$stamp"
    done
}

same_provider() {
    [[ -r $state/provider && $(sed -n 2p -- "$state/provider") == "$TorchProvider" ]]
}
