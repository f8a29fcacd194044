# Which assembly supplies the TorchSharp API: sets TorchProvider, ORCHESTRATOR_PROVIDER_REASON and torch_found
# (libtorch's CMake file, where there is one).

readonly debian_torch='/usr/lib/*/cmake/Torch/TorchConfig.cmake'

# first_torch_below FOLDER: libtorch's CMake file in an installation prefix.
first_torch_below() {
    local file
    for file in "$1"/{share,lib,lib64,lib/*-linux-gnu}/cmake/Torch/TorchConfig.cmake "$1"/TorchConfig.cmake; do
        [[ -f $file ]] && printf '%s\n' "$file" && return
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
        torch_found=$(first_torch_below "$LIBTORCH") || stop "LIBTORCH=$LIBTORCH holds no libtorch" \
            "expected: share/cmake/Torch/TorchConfig.cmake below it" \
            "to do: point LIBTORCH at an unpacked libtorch or at PyTorch's own folder, or unset it"
        torch_where="LIBTORCH is set to $LIBTORCH"
        return
    fi
    IFS=: read -ra folders <<<"${CMAKE_PREFIX_PATH-}"
    for folder in "${folders[@]}"; do
        if [[ -n $folder ]] && torch_found=$(first_torch_below "$folder"); then
            torch_where="CMAKE_PREFIX_PATH has a libtorch in $folder"
            return
        fi
    done
    if torch_found=$(compgen -G "$debian_torch" | head -n 1) && [[ -n $torch_found ]]; then
        torch_where='the system has libtorch'
        return
    fi
    folder=$(python_torch) || folder=''
    if [[ -n $folder ]] && torch_found=$(first_torch_below "$folder"); then
        torch_where="python3 has PyTorch in $folder"
        # CMake must find what was found here.
        export CMAKE_PREFIX_PATH="$folder${CMAKE_PREFIX_PATH:+:$CMAKE_PREFIX_PATH}"
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
    [[ -z ${LIBTORCH-} ]] || export CMAKE_PREFIX_PATH="$LIBTORCH${CMAKE_PREFIX_PATH:+:$CMAKE_PREFIX_PATH}"
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
    [[ -n $torch_found && $torch_found != /usr/lib/* ]] || echo torch
}
