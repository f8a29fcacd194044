# Tools and packages, as pinned by .config/dotnet-tools.json and paket.lock.

restore_inputs=(.config/dotnet-tools.json paket.dependencies paket.lock build/prefetch build/restore.sh)

restore_packages() {
    local stamp=$state/restored remedy='see the log; "dotnet nuget list source" names the feed'
    changed_since "$stamp" "${restore_inputs[@]}" || [[ ! -d $HOME/.nuget/packages/fsharp.core ]] || return 0
    : >"$stamp.new"
    step 'restoring the tools paket and fantomas' "$remedy" tools in_root dotnet tool restore
    step 'fetching the packages that paket.lock pins' "$remedy" prefetch "$root/build/prefetch" Main Test
    step 'restoring packages (paket)' "$remedy" restore restore_groups Main Test
    mv -f -- "$stamp.new" "$stamp"
    : >"$stamp.done"
}

restore_groups() {
    local group
    for group in "$@"; do in_root dotnet paket restore --group "$group" || return; done
}
