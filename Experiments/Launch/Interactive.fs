namespace Orchestrator.Experiments.Launch

open System
open System.Diagnostics
open System.Reflection
open System.Text.Json

/// F# Interactive, in which scripts run.
[<RequireQualifiedAccess>]
module Interactive =

    /// Names the command line, as JSON, that takes over in a script's process at its first Sweep.run: it then knows the
    /// models, metrics and other things that the script has added by then.
    let commandVariable = "ORCHESTRATOR_SCRIPT_COMMAND"

    /// True when this process is a session of it.
    let isSession () =
        match Assembly.GetEntryAssembly() with
        | null -> false
        | entry -> entry.GetName().Name = "fsi"

    /// The command line that is to take over, where there is one.
    let command () : string array option =
        match Environment.GetEnvironmentVariable commandVariable with
        | null
        | "" -> None
        | text -> Option.ofObj (JsonSerializer.Deserialize<string array> text)

    /// How to run this session's script again, up to its first Sweep.run, where a command line takes over.
    let again (arguments: string list) =
        let host = Environment.ProcessPath |> Option.ofObj |> Option.defaultValue "dotnet"
        let start = ProcessStartInfo host

        // The first is the assembly of F# Interactive itself.
        for argument in Environment.GetCommandLineArgs() do
            start.ArgumentList.Add argument

        start.Environment[commandVariable] <- JsonSerializer.Serialize(List.toArray arguments)
        start
