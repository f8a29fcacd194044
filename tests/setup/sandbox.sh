# A copy of the launcher in a folder of its own, with a `dotnet` that only records how it was called.
# Every test sources this first; the folder goes when the test ends.

sandbox=$(mktemp -d)
trap 'rm -rf -- "$sandbox"' EXIT

repository=$(dirname -- "$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")")
tree="$sandbox/a clone with spaces"
calls=$sandbox/calls

mkdir -p -- "$tree"/{Core,Experiments,tests,.config,.paket} "$sandbox/bin" "$sandbox/home"
cp -R -- "$repository"/{orchestrator,build} "$tree/"
cp -- "$repository"/{Directory.Build.props,global.json,Orchestrator.sln,paket.dependencies} "$tree/"
cp -- "$repository/.config/dotnet-tools.json" "$tree/.config/"
printf 'NUGET\n  remote: ~/.nuget/packages\n    FSharp.Core (10.1.401)\nGROUP Test\nNUGET\n    xunit.v3 (3.2.2)\n' >"$tree/paket.lock"
echo 'class C;' >"$tree/Core/C.cs"

# DOTNET_BUILD, where set, is a script that stands for `dotnet build`.
cat >"$sandbox/bin/dotnet" <<'FAKE'
#!/usr/bin/env bash
printf '%s\n' "$*" >>"$CALLS"
case $1 in
build)
    mkdir -p Experiments/bin/Release/net10.0 Core/obj && : >Experiments/bin/Release/net10.0/orchestrator.dll
    eval "${DOTNET_BUILD:-:}"
    ;;
package)
    for pin in "$@"; do
        [[ $pin == *@* ]] || continue
        name=${pin%@*} version=${pin#*@}
        mkdir -p "$HOME/.nuget/packages/${name,,}/$version"
        : >"$HOME/.nuget/packages/${name,,}/$version/${name,,}.$version.nupkg"
    done
    ;;
--version) echo 10.0.100 ;;
*orchestrator.dll)
    printf 'cwd=%s provider=%s reason=%s\n' "$PWD" "$TorchProvider" "$ORCHESTRATOR_PROVIDER_REASON" >>"$CALLS"
    printf 'argument=%s\n' "${@:2}" >>"$CALLS"
    exit "${PROGRAM_EXIT:-0}"
    ;;
esac
FAKE
chmod +x "$sandbox/bin/dotnet"

export CALLS=$calls HOME=$sandbox/home PATH=$sandbox/bin:$PATH
unset TorchProvider LIBTORCH CMAKE_PREFIX_PATH ORCHESTRATOR_PROVIDER_REASON

# A libtorch to be found, so that no test depends on the machine's.
mkdir -p "$sandbox"/torch/{include/ATen,lib}
: >"$sandbox/torch/include/ATen/ATen.h"
: >"$sandbox/torch/lib/libtorch_cpu.so"
export LIBTORCH=$sandbox/torch

launch() { "$tree/orchestrator" "$@"; }

# How often a call that starts with TEXT was made since the last `forget`.
count() { grep -c -- "^$1" "$calls" || true; }

forget() { : >"$calls"; }

# expect WHAT WANTED FOUND
expect() {
    [[ $2 == "$3" ]] || { printf '%s: wanted <%s>, found <%s>\n' "$1" "$2" "$3"; return 1; }
}

expect_text() {
    [[ $2 == *"$1"* ]] || { printf 'wanted the text <%s> in:\n%s\n' "$1" "$2"; return 1; }
}
