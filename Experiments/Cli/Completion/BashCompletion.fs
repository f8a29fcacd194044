namespace Orchestrator.Experiments.Cli

/// Completion for bash.
[<RequireQualifiedAccess>]
module BashCompletion =

    let private reply value =
        match value with
        | Value.File -> "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$current\"))"
        | Value.Manifest ->
            "compopt -o filenames; COMPREPLY=($(for word in '!*.yaml' '!*.yml' '!*.fsx'; do compgen -f -X \"$word\" -- \"$current\"; done; compgen -d -- \"$current\"))"
        | Value.Folder -> "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$current\"))"
        | Value.Sweep ->
            "COMPREPLY=($(compgen -W \"$(cd \"$results\" 2>/dev/null && ls -d -- */ 2>/dev/null | tr -d /)\" -- \"$current\"))"
        | Value.OneOf choices ->
            let words = String.concat " " choices
            $"COMPREPLY=($(compgen -W \"{words}\" -- \"$current\"))"
        | Value.Text -> "COMPREPLY=()"

    let private afterOption command =
        command.Options
        |> List.choose (fun option ->
            option.Takes
            |> Option.map (fun value ->
                let names = String.concat "|" option.Names
                $"                {names}) {reply value}; return ;;"))

    let private words command =
        List.collect _.Names command.Options |> String.concat " "

    let private branch (command: CommandSchema) = [
        $"        {command.Name})"
        match afterOption command with
        | [] -> ()
        | branches ->
            "            case $previous in"
            yield! branches
            "            esac"
        $"            if [[ $current == -* ]]; then COMPREPLY=($(compgen -W \"{words command}\" -- \"$current\")); return; fi"
        match command.Takes with
        | Some value -> $"            {reply value}"
        | None -> ()
        "            ;;"
    ]

    /// The script that a shell sources.
    let script (program: CommandSchema) =
        let commands = program.Commands |> List.map _.Name

        [
            $"# Completion of {program.Name} for bash. In ~/.bashrc: source <({program.Name} completion bash)"
            $"_{program.Name}() {{"
            "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= results=results word"
            "    local -i at"
            "    for ((at = 1; at < COMP_CWORD; at++)); do"
            "        word=${COMP_WORDS[at]}"
            "        [[ $word == --results ]] && results=${COMP_WORDS[at+1]}"
            $"""        case $word in {String.concat "|" commands}) [[ $command ]] || command=$word ;; esac"""
            "    done"
            "    COMPREPLY=()"
            "    case $command in"
            "        '')"
            $"""            COMPREPLY=($(compgen -W "{String.concat " " commands} {words program}" -- "$current"))"""
            "            ;;"
            yield! program.Commands |> List.collect branch
            "    esac"
            "}"
            $"complete -F _{program.Name} {program.Name} ./{program.Name}"
        ]
        |> String.concat "\n"
