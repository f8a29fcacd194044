namespace Orchestrator.Experiments.Tests.Scripting

open System
open System.Diagnostics
open System.IO

/// One session of `dotnet fsi` with this build's assemblies.
[<RequireQualifiedAccess>]
module InteractiveSession =

    let private marker index = $"--- snippet {index} ---"

    let private reference assemblyName =
        let path = Path.Combine(AppContext.BaseDirectory, assemblyName)
        $"#r @\"{path}\""

    let private source snippets = [
        reference "Orchestrator.Core.dll"
        reference "orchestrator.dll"
        "open Orchestrator.Experiments.Scripting;;"
        for index, snippet in List.indexed snippets do
            $"System.Console.Error.WriteLine \"{marker index}\";;"
            $"{snippet};;"
        "#quit;;"
    ]

    /// What the compiler says to each snippet; nothing where it compiles.
    let complaints (snippets: string list) : string list =
        let start =
            ProcessStartInfo(
                "dotnet",
                "fsi --nologo --quiet",
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            )

        use session =
            Process.Start start
            |> Option.ofObj
            |> Option.defaultWith (fun () -> invalidOp "dotnet fsi does not start")

        let said = session.StandardError.ReadToEndAsync()
        let printed = session.StandardOutput.ReadToEndAsync()

        for line in source snippets do
            session.StandardInput.WriteLine line

        session.StandardInput.Close()
        session.WaitForExit()
        printed.Wait()

        let text = said.Result

        let after index =
            let mark = marker index
            let at = text.IndexOf(mark, StringComparison.Ordinal)

            if at < 0 then
                invalidOp $"the session ended before snippet {index}: {text}"

            let rest = text.Substring(at + mark.Length)

            match rest.IndexOf("--- snippet", StringComparison.Ordinal) with
            | -1 -> rest.Trim()
            | next -> rest.Substring(0, next).Trim()

        List.init snippets.Length after
