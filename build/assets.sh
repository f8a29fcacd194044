# The report's JavaScript bundle, where its sources are part of the tree.

readonly assets=Experiments/Report/Assets

has_assets() { [[ -f $root/$assets/package.json ]]; }

build_assets() {
    local stamp=$state/assets
    has_assets || return 0
    changed_since "$stamp" "$assets" || return 0
    : >"$stamp.new"
    local install=install
    [[ ! -f $root/$assets/package-lock.json ]] || install=ci
    step "fetching the report's chart library (npm $install)" 'see the log; "npm config get registry" names the feed' \
        npm in_root npm --prefix "$assets" "$install" --no-audit --no-fund
    step "bundling the report's scripts" 'see the log' bundle in_root npm --prefix "$assets" run build
    mv -f -- "$stamp.new" "$stamp"
    : >"$stamp.done"
}
