/// `orchestrator doctor`: whether this machine and a sweep's books are in order, and what to do where they are not.
module Orchestrator.Experiments.Cli.DoctorCommand

open System.IO
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Cli.DoctorChecks

/// What the command line asks for.
type DoctorOptions = {
    /// Balances the books of this sweep as well.
    Sweep: string option
    Results: string
    Data: string option
    Json: bool
}

let private sign =
    function
    | Health.Fine -> "ok"
    | Health.Warning -> "warn"
    | Health.Failing -> "FAIL"

let private guarded subject work =
    try
        work ()
    with :? ProblemException as problems ->
        problems.Problems |> Seq.map (ofProblem subject) |> List.ofSeq

let private examine torch options = [
    program ()
    runtime ()
    machine ()
    yield! torch ()
    yield! guarded "database" (fun () -> [ database options.Results ])
    yield! datasets options.Data
    disk options.Results
    match options.Sweep with
    | Some sweep -> yield! guarded "books" (fun () -> books options.Results sweep)
    | None -> ()
]

let private printText (output: TextWriter) (checks: Check list) =
    for check in checks do
        output.WriteLine $"{sign check.Health, -5}{check.Subject}: {check.Finding}"

        if check.Remedy <> "" then
            output.WriteLine $"     {check.Remedy}"

let private printJson output (checks: Check list) =
    Json.print output {|
        Checks = [
            for check in checks ->
                {|
                    Subject = check.Subject
                    Health = (sign check.Health).ToLowerInvariant()
                    Finding = check.Finding
                    Remedy = check.Remedy
                |}
        ]
    |}

/// Examines with the given torch checks, and answers the exit code: 1 when something fails.
let run (torch: unit -> Check list) (output: TextWriter) (options: DoctorOptions) : int =
    let checks = examine torch options

    if options.Json then
        printJson output checks
    else
        printText output checks

    if checks |> List.exists (fun check -> check.Health = Health.Failing) then
        1
    else
        0
