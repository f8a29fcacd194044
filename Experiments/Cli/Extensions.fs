/// What a script has added to the catalogues, in words.
[<RequireQualifiedAccess>]
module Orchestrator.Experiments.Cli.Extensions

open System
open Orchestrator.Experiments.Domain

/// The line that a manifest begins with where it needs a script; nothing where it needs none.
let remark () =
    match Bridge.extensions () with
    | [] -> ""
    | origins ->
        let scripts = String.Join(", ", origins)
        $"# This manifest needs what {scripts} adds; run the script in its place.\n"
