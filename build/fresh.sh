# Is what was built still what the sources say? One `find` answers; nothing is hashed.

# Folders and files whose change means a new build.
sources_of() {
    printf '%s\0' Core Experiments Directory.Build.props global.json paket.lock .config .paket build
    [[ $1 != all ]] || printf '%s\0' tests Orchestrator.sln
}

# changed_since STAMP PATH...: true when a file or folder below a path is newer than the stamp.
# Files are compared by ctime, so a copy that keeps an old date counts as a change. STAMP's own date is from
# before the build, so an edit during the build counts; folders, which the build itself touches (bin, obj),
# are compared with STAMP.done from after it, so a deleted file counts too.
changed_since() {
    local stamp=$1 found
    shift
    [[ -f $stamp && -f $stamp.done ]] || return 0
    found=$(cd -- "$root" && find "$@" \
        \( -type d \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune \) -o \
        \( -type f -cnewer "$stamp" -o -type d -newer "$stamp.done" \) -print -quit 2>/dev/null) || return 0
    [[ -n $found ]]
}

# What a person can ask for through the environment that changes the build.
wishes() { printf '%s|%s|%s' "${TorchProvider-}" "${LIBTORCH-}" "${CMAKE_PREFIX_PATH-}"; }

# is_ready run|all: nothing to set up, nothing to build.
is_ready() {
    local stamp=$state/built-$1 recorded paths
    [[ -f $program && -r $stamp && -r $state/provider ]] || return 1
    { read -r recorded && read -r _ && read -r _ && read -r torch_found; } <"$state/provider"
    [[ $recorded == "$(wishes)" && (-z $torch_found || -e $torch_found) ]] || return 1
    mapfile -d '' -t paths < <(sources_of "$1")
    ! changed_since "$stamp" "${paths[@]}"
}

# Exports the provider chosen when this was built; the state file's lines are wishes, provider, reason, a file of the
# libtorch built against.
recall_provider() {
    { read -r _ && read -r TorchProvider && read -r ORCHESTRATOR_PROVIDER_REASON; } <"$state/provider"
    export TorchProvider ORCHESTRATOR_PROVIDER_REASON
}
