# The build itself, Release; the native part is a target of Core/LibTorch.

compile() {
    local what='the program' target=Experiments/Orchestrator.Experiments.fsproj
    [[ $1 == run ]] || what='the program and its tests' target=Orchestrator.sln
    step "building $what (torch provider: $TorchProvider)" \
        'see the log; with a clean tree, delete the bin and obj folders and artifacts/ and try again' \
        build in_root dotnet build "$target" --configuration Release --verbosity quiet --nologo \
        --disable-build-servers
}
