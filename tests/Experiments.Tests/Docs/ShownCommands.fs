namespace Orchestrator.Experiments.Tests.Docs

open System

/// The command lines in the pages' code blocks, fenced or indented.
[<RequireQualifiedAccess>]
module ShownCommands =

    /// What the launcher does without the program.
    let ofLauncher = [ "test"; "check"; "setup" ]

    // A prompt before a command, a comment behind it.
    let private words (prefix: string) (line: string) =
        let line = (line.Trim().Split '#')[0]
        let line = if line.StartsWith "$ " then line.Substring 2 else line

        if line.StartsWith(prefix + " ", StringComparison.Ordinal) then
            line.Substring(prefix.Length).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            |> List.ofArray
            |> Some
        else
            None

    let private lines = [
        for page in Repository.pages do
            let mutable fenced = false

            for line in (Repository.read page).Split '\n' do
                if line.StartsWith "```" then
                    fenced <- not fenced
                elif fenced || line.StartsWith "    " then
                    page, line
    ]

    let private after prefixes = [
        for page, line in lines do
            match List.tryPick (fun prefix -> words prefix line) prefixes with
            | Some words -> page, words
            | None -> ()
    ]

    /// The pages' command lines of the program and the launcher, without its name.
    let ofProgram = after [ "./orchestrator"; "orchestrator" ]

    /// The scripts that pages run, with their arguments.
    let ofScripts = after [ "dotnet fsi" ]
