# Which Debian packages are needed, for what, and how to tell that they are there.

# package | there when | needed for | why
# "there when": command:NAME on the path, library:NAME known to the loader, file:PATTERN existing.
readonly package_table='
libtorch-dev|file:/usr/include/ATen/ATen.h|torch|tensors, autograd and kernels (libtorch)
libopenblas0-pthread|library:libopenblas.so.0|torch|fast matrix products; without it Debian falls back to the slow reference BLAS
cmake|command:cmake|native|configures the native part of the torch binding
g++|command:c++|native|compiles the native part of the torch binding
make|command:make|native|builds the native part of the torch binding
libsqlite3-0|library:libsqlite3.so.0|run|the results database
nodejs|command:node|assets|bundles the report'"'"'s charts
npm|command:npm|assets|fetches the chart library
chromium|command:chromium|test|the tests open the report in a real browser
postgresql|file:/usr/lib/postgresql/*/bin/initdb|test|the store'"'"'s tests run on PostgreSQL too
shellcheck|command:shellcheck|check|checks the set-up scripts
'

is_there() {
    local kind=${1%%:*} name=${1#*:}
    case $kind in
    command) command -v "$name" >/dev/null ;;
    library) find_library "$name" ;;
    file) compgen -G "$name" >/dev/null ;;
    esac
}

find_library() {
    local ldconfig
    ldconfig=$(command -v ldconfig || echo /sbin/ldconfig)
    [[ $("$ldconfig" -p 2>/dev/null) == *"$1"* ]] || compgen -G "/usr/lib/*/$1" >/dev/null
}

# missing_packages PURPOSE...: "package|why" of each row that is needed for a purpose and not there.
missing_packages() {
    local package probe purpose why
    while IFS='|' read -r package probe purpose why; do
        [[ -n $package && " $* " == *" $purpose "* ]] || continue
        is_there "$probe" || printf '%s|%s\n' "$package" "$why"
    done <<<"$package_table"
}

has_apt() { command -v apt-get >/dev/null && command -v dpkg >/dev/null; }

# Prints the prefix that runs a command as root, or fails.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo 'sudo -n env'
    else
        return 1
    fi
}

can_install() { has_apt && as_root >/dev/null; }

# Installs; refreshes the package lists only when the first try fails (no lists yet, or lists out of date).
apt_install() {
    local prefix
    read -ra prefix <<<"$(as_root)"
    local apt=("${prefix[@]}" DEBIAN_FRONTEND=noninteractive apt-get -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=600
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)
    "${apt[@]}" install --no-install-recommends "$@" && return
    echo '--- refreshing the package lists and trying once more'
    "${apt[@]}" update
    "${apt[@]}" install --no-install-recommends "$@"
}

# ensure_packages PURPOSE...: installs what is missing, or stops with the command to type.
ensure_packages() {
    local rows row names=() reasons=()
    mapfile -t rows < <(missing_packages "$@")
    ((${#rows[@]} > 0)) || return 0
    for row in "${rows[@]}"; do
        names+=("${row%%|*}")
        reasons+=("  ${row%%|*}: ${row#*|}")
    done
    if can_install; then
        step "installing ${names[*]} (apt-get)" \
            "see the log; without a network, install the packages from a mirror or a disk and try again" \
            packages apt_install "${names[@]}"
    elif has_apt; then
        stop "Debian packages are missing, and installing them needs root:" "${reasons[@]}" \
            "type this, then try again:" "  sudo apt-get update && sudo apt-get install -y ${names[*]}"
    else
        stop "something this needs is missing, and this is no Debian system (no apt-get). By Debian's names:" \
            "${reasons[@]}" "install them with this system's package manager, then try again." \
            "An existing libtorch, such as a pip PyTorch's, is used with LIBTORCH=<its folder>, e.g." \
            '  LIBTORCH=$(python3 -c "import torch, os; print(os.path.dirname(torch.__file__))")'
    fi
}
