namespace Orchestrator.Experiments.Launch

open System.Reflection

/// F# Interactive, in which scripts run.
[<RequireQualifiedAccess>]
module Interactive =

    /// True when this process is a session of it.
    let isSession () =
        match Assembly.GetEntryAssembly() with
        | null -> false
        | entry -> entry.GetName().Name = "fsi"
