# The .NET SDK, and a home folder it can work in.

ensure_sdk() {
    command -v dotnet >/dev/null || stop 'the .NET 10 SDK is missing: no dotnet on the path' \
        'to do: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and put its folder on PATH'
    # The SDK needs ICU only for culture data, which nothing here uses.
    find_library libicuuc.so || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    ensure_home
    local version
    version=$(cd -- "$root" && dotnet --version 2>&1) || stop 'no .NET SDK that fits global.json is installed:' "$version" \
        'to do: install the .NET 10 SDK from https://dotnet.microsoft.com/download/dotnet/10.0'
}

# NuGet and the SDK write below HOME.
ensure_home() {
    [[ -n ${HOME-} ]] || stop 'HOME is not set; the .NET SDK keeps packages and tools below it' \
        'to do: HOME=<a folder you can write to> ./orchestrator ...'
    { mkdir -p -- "$HOME/.nuget/packages" && [[ -w $HOME/.nuget/packages ]]; } 2>/dev/null ||
        stop "cannot write to $HOME/.nuget/packages, where the .NET SDK keeps packages" \
            'to do: make it writable, or set HOME to a folder you can write to'
}
