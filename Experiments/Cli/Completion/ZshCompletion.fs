namespace Orchestrator.Experiments.Cli

/// Completion for zsh.
[<RequireQualifiedAccess>]
module ZshCompletion =

    let private quoted (text: string) = text.Replace("'", "'\\''")

    // Brackets and colons separate the fields of a specification.
    let private described (text: string) =
        (quoted text).Replace("[", "\\[").Replace("]", "\\]").Replace(":", "\\:")

    let private action value =
        match value with
        | Value.File -> "file:_files"
        | Value.Manifest -> "manifest:_files -g \"*.(yaml|yml|fsx)\""
        | Value.Folder -> "folder:_files -/"
        | Value.Sweep -> "sweep:_orchestrator_sweeps"
        | Value.OneOf choices -> $"""value:({String.concat " " choices})"""
        | Value.Text -> "value: "

    let private optionSpecifications (option: OptionSchema) = [
        for name in option.Names do
            let takes =
                option.Takes
                |> Option.map (fun value -> $":{action value}")
                |> Option.defaultValue ""

            $"'{name}[{described option.Description}]{takes}'"
    ]

    let private branch (command: CommandSchema) =
        let specifications = [
            yield! List.collect optionSpecifications command.Options
            match command.Takes with
            | Some value -> $"'::{action value}'"
            | None -> ()
        ]

        let continued = specifications |> String.concat " \\\n                "

        [
            $"        {command.Name})"
            $"            _arguments \\\n                {continued}"
            "            ;;"
        ]

    let private listed (command: CommandSchema) =
        $"        '{command.Name}:{described command.Description}'"

    /// The script that a shell loads.
    let script (program: CommandSchema) =
        [
            $"#compdef {program.Name}"
            $"# Completion of {program.Name} for zsh. In ~/.zshrc, after compinit: source <({program.Name} completion zsh)"
            "_orchestrator_sweeps() {"
            "    local -a sweeps"
            "    local results=results at=${words[(I)--results]}"
            "    (( at )) && results=${words[at+1]}"
            "    sweeps=($results/*(/N:t))"
            "    compadd -a sweeps"
            "}"
            $"_{program.Name}() {{"
            "    local -a commands"
            "    commands=("
            yield! program.Commands |> List.map listed
            "    )"
            "    if (( CURRENT == 2 )); then"
            "        _describe command commands"
            $"""        _values option {program.Options |> List.collect _.Names |> String.concat " "}"""
            "        return"
            "    fi"
            "    local command=$words[2]"
            "    shift words; (( CURRENT-- ))"
            "    case $command in"
            yield! program.Commands |> List.collect branch
            "    esac"
            "}"
            $"compdef _{program.Name} {program.Name}"
        ]
        |> String.concat "\n"
