namespace Orchestrator.Experiments.Scripting

open System
open System.Collections.Generic
open System.IO
open System.Security.Cryptography
open System.Text
open System.Text.RegularExpressions

/// A script as what its extensions depend on: its text, and that of the scripts it loads.
[<RequireQualifiedAccess>]
module ScriptText =

    /// The project's own references, which change no model.
    let private environment = "env.fsx"

    let private loads =
        Regex("^\\s*#load\\s+@?\"(?<file>[^\"]+)\"", RegexOptions.Multiline)

    let private loadedBy (file: string) (text: string) =
        let folder = Path.GetDirectoryName file |> Option.ofObj |> Option.defaultValue "."

        loads.Matches text
        |> Seq.map (fun found -> Path.GetFullPath(Path.Combine(folder, found.Groups["file"].Value)))
        |> Seq.filter (fun loaded -> Path.GetFileName loaded <> environment && File.Exists loaded)
        |> List.ofSeq

    /// The texts of a script and of those it loads, each once, without what editors change.
    let private texts (script: string) =
        let seen = HashSet<string>()

        let rec visit (file: string) = [
            if seen.Add file then
                let text = File.ReadAllText(file).Replace("\r\n", "\n")
                text
                yield! loadedBy file text |> List.collect visit
        ]

        visit (Path.GetFullPath script)

    /// The script's name with a digest of its text: another text is another origin.
    let origin (script: string) =
        let whole =
            texts script
            |> List.map (fun text -> $"{text.Length}\n{text}")
            |> String.concat "\n"

        let digest = SHA256.HashData(Encoding.UTF8.GetBytes whole)
        $"{Path.GetFileName script}@{Convert.ToHexStringLower(digest).Substring(0, 16)}"
