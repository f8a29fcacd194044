namespace Orchestrator.Experiments.Cli

/// Completion for fish.
[<RequireQualifiedAccess>]
module FishCompletion =

    let private quoted (text: string) =
        text.Replace("\\", "\\\\").Replace("'", "\\'")

    let private arguments value =
        match value with
        | Value.File -> "-F"
        | Value.Manifest -> "-x -a '(__fish_complete_path | string match -er \"(?:/|\\.ya?ml|\\.fsx)(?:\\t|\\$)\")'"
        | Value.Folder -> "-x -a '(__fish_complete_directories)'"
        | Value.Sweep -> "-x -a '(path basename results/*/)'"
        | Value.OneOf choices -> $"""-x -a '{String.concat " " choices}'"""
        | Value.Text -> "-x"

    let private name (option: string) =
        if option.StartsWith "--" then
            $"-l {option.Substring 2}"
        else
            $"-s {option.Substring 1}"

    let private line program condition rest =
        $"complete -c {program} -n '{condition}' {rest}"

    let private ofOption program condition (option: OptionSchema) =
        let names = option.Names |> List.map name |> String.concat " "

        let takes =
            option.Takes
            |> Option.map (fun value -> $" -r {arguments value}")
            |> Option.defaultValue ""

        line program condition $"{names}{takes} -d '{quoted option.Description}'"

    let private ofCommand program (command: CommandSchema) =
        let condition = $"__fish_seen_subcommand_from {command.Name}"

        [
            line program "__fish_use_subcommand" $"-a {command.Name} -d '{quoted command.Description}'"
            yield! command.Options |> List.map (ofOption program condition)
            match command.Takes with
            | Some value -> line program condition (arguments value)
            | None -> ()
        ]

    /// The script that a shell sources.
    let script (program: CommandSchema) =
        [
            $"# Completion of {program.Name} for fish: {program.Name} completion fish > ~/.config/fish/completions/{program.Name}.fish"
            $"complete -c {program.Name} -f"
            yield! program.Options |> List.map (ofOption program.Name "__fish_use_subcommand")
            yield! program.Commands |> List.collect (ofCommand program.Name)
        ]
        |> String.concat "\n"
