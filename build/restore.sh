# Tools and packages, as pinned by .config/dotnet-tools.json and paket.lock.

restore_inputs=(.config/dotnet-tools.json paket.dependencies paket.lock build/prefetch build/restore.sh)
readonly feed_remedy='see the log; "dotnet nuget list source" names the feed'

# restore_packages [GROUP]: the groups Main and Test, and one more.
restore_packages() {
    local stamp=$state/restored${1+-$1} groups=(Main Test "$@")
    changed_since "$stamp" "${restore_inputs[@]}" || [[ -n $("$root/build/prefetch" --list "${groups[@]}") ]] || return 0
    : >"$stamp.new"
    step 'restoring the tools paket and fantomas' "$feed_remedy" tools in_root dotnet tool restore
    [[ -z ${1-} ]] || resolve_group "$1"
    step 'fetching the packages that paket.lock pins' "$feed_remedy" prefetch "$root/build/prefetch" "${groups[@]}"
    step 'restoring packages (paket)' "$feed_remedy" restore restore_groups "${groups[@]}"
    mv -f -- "$stamp.new" "$stamp"
    : >"$stamp.done"
}

restore_groups() {
    local group
    for group in "$@"; do in_root dotnet paket restore --group "$group" || return; done
}

# The group of the torch provider that is built with, where it is a package.
torch_group() {
    case $TorchProvider in
    nuget) echo TorchCpu ;;
    nuget-cuda) echo TorchCuda ;;
    esac
}

# Puts into paket.lock a group of paket.dependencies that it lacks.
resolve_group() {
    local group=$1
    ! grep -qx "GROUP $group" "$root/paket.lock" || return 0
    local remedy='the feed must have TorchSharp and its libtorch ("dotnet nuget list source" names it);
       without them use TorchProvider=system'
    step "fetching TorchSharp and what it needs (group $group)" "$remedy" "fetch-$group" fetch_unresolved "$group"
    step "resolving the group $group into paket.lock" "$remedy" "resolve-$group" \
        in_root dotnet paket update --group "$group" --no-install
    : >"$state/restored-$group.new"
}

# Restores a project that refers to nothing but the group, which fills NuGet's global folder, Paket's source.
fetch_unresolved() {
    local folder=$state/$1
    mkdir -p -- "$folder"
    # Its own props file keeps the repository's policy out.
    echo '<Project />' >"$folder/Directory.Build.props"
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>'
        echo '<RestoreEnablePackagePruning>false</RestoreEnablePackagePruning></PropertyGroup><ItemGroup>'
        sed -n "/^group $1\$/,/^group /s|^  nuget \([^ ]*\) \([^ ]*\)\$|<PackageReference Include=\"\1\" Version=\"\2\" />|p" \
            "$root/paket.dependencies"
        echo '</ItemGroup></Project>'
    } >"$folder/Packages.csproj"
    dotnet restore "$folder/Packages.csproj"
}
