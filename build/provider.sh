# Which assembly supplies the TorchSharp API: sets TorchProvider, ORCHESTRATOR_PROVIDER_REASON and torch_found
# (a file of the libtorch to build against, where there is one).

# torch_below FOLDER: prints a header of the libtorch that an installation prefix has, or fails.
torch_below() {
    local libraries=("$1"/lib*/libtorch_cpu.so "$1"/lib/*/libtorch_cpu.so) library
    for library in "${libraries[@]}"; do
        [[ -f $1/include/ATen/ATen.h && -f $library ]] && printf '%s\n' "$1/include/ATen/ATen.h" && return
    done
    return 1
}

# The folder of the PyTorch that python3 would import; it is looked up, not loaded.
python_torch() {
    command -v python3 >/dev/null || return 1
    python3 -c '
import importlib.util
spec = importlib.util.find_spec("torch")
print(spec.submodule_search_locations[0] if spec and spec.submodule_search_locations else "")' 2>/dev/null
}

# Sets torch_found and torch_where, from the most explicit wish to the least.
find_torch() {
    local folder folders
    torch_found='' torch_where=''
    if [[ -n ${LIBTORCH-} ]]; then
        torch_found=$(torch_below "$LIBTORCH") || stop "LIBTORCH=$LIBTORCH holds no libtorch" \
            "expected: include/ATen/ATen.h and lib/libtorch_cpu.so below it" \
            "to do: point LIBTORCH at an unpacked libtorch or at PyTorch's own folder, or unset it"
        # The native build works in another folder.
        LIBTORCH=$(readlink -f -- "$LIBTORCH")
        export LIBTORCH
        torch_where="LIBTORCH is set to $LIBTORCH"
        return
    fi
    IFS=: read -ra folders <<<"${CMAKE_PREFIX_PATH-}"
    for folder in "${folders[@]}"; do
        if [[ -n $folder ]] && torch_found=$(torch_below "$folder"); then
            torch_where="CMAKE_PREFIX_PATH has a libtorch in $folder"
            return
        fi
    done
    if torch_found=$(torch_below /usr || torch_below /usr/local); then
        torch_where='the system has libtorch'
        return
    fi
    folder=$(python_torch) || folder=''
    if [[ -n $folder ]] && torch_found=$(torch_below "$folder"); then
        torch_where="python3 has PyTorch in $folder"
        # The native build must take what was found here.
        export LIBTORCH=$folder
        return
    fi
    torch_found=''
}

choose_provider() {
    case "${TorchProvider-}" in
    nuget | nuget-cuda)
        ORCHESTRATOR_PROVIDER_REASON="TorchProvider is set to $TorchProvider"
        torch_found=''
        ;;
    system)
        find_torch
        ORCHESTRATOR_PROVIDER_REASON="TorchProvider is set to system${torch_where:+; $torch_where}"
        ;;
    '')
        find_torch
        choose_by_what_is_there
        say "torch provider: $TorchProvider ($ORCHESTRATOR_PROVIDER_REASON)"
        ;;
    *)
        stop "TorchProvider=$TorchProvider is not a torch provider; it is one of" \
            "system      this project's own binding over the machine's libtorch" \
            "nuget       the packages TorchSharp and libtorch-cpu" \
            "nuget-cuda  the packages TorchSharp and TorchSharp-cuda-linux" \
            "or unset: system where a libtorch is found or can be installed, else nuget"
        ;;
    esac
    export TorchProvider ORCHESTRATOR_PROVIDER_REASON
}

choose_by_what_is_there() {
    if [[ -n $torch_found ]]; then
        TorchProvider=system ORCHESTRATOR_PROVIDER_REASON=$torch_where
    elif can_install; then
        TorchProvider=system ORCHESTRATOR_PROVIDER_REASON='libtorch-dev can be installed with apt-get'
    elif has_apt; then
        TorchProvider=system ORCHESTRATOR_PROVIDER_REASON='libtorch-dev can be installed by whoever has root'
    else
        TorchProvider=nuget ORCHESTRATOR_PROVIDER_REASON='no libtorch was found, and there is no apt-get to install one'
    fi
}

# What the chosen provider needs from the system's packages.
provider_purposes() {
    [[ $TorchProvider == system ]] || return 0
    echo native
    # A libtorch from elsewhere brings its own BLAS.
    [[ -n $torch_found && $torch_found != /usr/include/* ]] || echo torch
}
