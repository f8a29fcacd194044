module Orchestrator.Experiments.Program

open System
open System.Threading
open Argu
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Store
open Serilog
open Serilog.Events

let private defaultResults = "results"
let private defaultManifests = "manifests"

let private budget text =
    match Budget.parse text with
    | Ok budget -> budget
    | Error cause -> failwith cause

let private plan (found: ParseResults<PlanArguments>) =
    let budget = found.TryPostProcessResult(PlanArguments.Budget, budget)
    let services = Services.plan (found.TryGetResult PlanArguments.Data) budget

    PlanCommand.run (Terminal.standardOutput ()) services {
        Manifest = found.GetResult PlanArguments.Manifest
        Results = found.GetResult(PlanArguments.Results, defaultResults)
        Data = found.TryGetResult PlanArguments.Data
        NoProbe = found.Contains PlanArguments.No_Probe
        Json = found.Contains PlanArguments.Json
    }

let private manifest (found: ParseResults<ManifestArguments>) =
    ManifestCommand.run
        Console.Out
        (Bridge.rules None)
        (found.Contains ManifestArguments.Json)
        (found.GetResult ManifestArguments.File)

let private run (found: ParseResults<RunArguments>) =
    let retry =
        found.TryPostProcessResult(
            RunArguments.Retry,
            function
            | "failed" -> true
            | other -> failwith $"there is no retry of '{other}'; write --retry failed"
        )

    let services = {
        Services.run with
            Plan = Services.planWithin (found.TryPostProcessResult(RunArguments.Budget, budget))
    }

    RunCommand.run services {
        Manifest = found.GetResult RunArguments.Manifest
        Results = found.GetResult(RunArguments.Results, defaultResults)
        Data = found.TryGetResult RunArguments.Data
        Workers = found.TryGetResult RunArguments.Workers
        Threads = found.TryGetResult RunArguments.Threads
        Device = found.TryGetResult RunArguments.Device
        FailFast = found.Contains RunArguments.Fail_Fast
        RetryFailed = retry = Some true
        Json = found.Contains RunArguments.Json
        NoProbe = found.Contains RunArguments.No_Probe
    }

let private status (found: ParseResults<StatusArguments>) =
    StatusCommand.run {
        Sweep = found.TryGetResult StatusArguments.Sweep
        Results = found.GetResult(StatusArguments.Results, defaultResults)
        Json = found.Contains StatusArguments.Json
    }

let private report (found: ParseResults<ReportArguments>) =
    ReportCommand.run {
        Sweep = found.GetResult ReportArguments.Sweep
        Results = found.GetResult(ReportArguments.Results, defaultResults)
        Output = found.TryGetResult ReportArguments.Output
        Watch = found.Contains ReportArguments.Watch
        Json = found.Contains ReportArguments.Json
    }

let private compare (found: ParseResults<CompareArguments>) =
    CompareCommand.run {
        Sweeps = found.GetResult CompareArguments.Sweeps
        Results = found.GetResult(CompareArguments.Results, defaultResults)
        Output = found.TryGetResult CompareArguments.Output
        Json = found.Contains CompareArguments.Json
    }

let private describe (found: ParseResults<DescribeArguments>) =
    DescribeCommand.run (Terminal.standardOutput ()) Services.describe {
        Manifest = found.GetResult DescribeArguments.Manifest
        Json = found.Contains DescribeArguments.Json
    }

let private data (found: ParseResults<DataArguments>) =
    use interrupted = new CancellationTokenSource()

    use _ctrlC =
        Console.CancelKeyPress.Subscribe(fun pressed ->
            pressed.Cancel <- true
            interrupted.Cancel())

    DataCommand.run
        (Terminal.standardOutput ())
        {
            Dataset = found.TryGetResult DataArguments.Dataset
            Path = found.TryGetResult DataArguments.Path
            Folder = found.TryGetResult DataArguments.Data
            Json = found.Contains DataArguments.Json
        }
        interrupted.Token

let private doctor (found: ParseResults<DoctorArguments>) =
    DoctorCommand.run TorchChecks.all Console.Out {
        Sweep = found.TryGetResult DoctorArguments.Sweep
        Results = found.GetResult(DoctorArguments.Results, defaultResults)
        Data = found.TryGetResult DoctorArguments.Data
        Json = found.Contains DoctorArguments.Json
    }

let private worker (found: ParseResults<WorkerArguments>) =
    WorkerCommand.run Services.worker {
        Sweep = found.GetResult WorkerArguments.Sweep
        Results = found.GetResult WorkerArguments.Results
        Name = found.GetResult WorkerArguments.Name
        Data = found.TryGetResult WorkerArguments.Data
        Threads = found.GetResult(WorkerArguments.Threads, 1)
        Device = found.GetResult(WorkerArguments.Device, "cpu")
    }

let private newManifest (found: ParseResults<NewArguments>) =
    NewCommand.run (Terminal.standardOutput ()) {
        Manifest = found.TryGetResult NewArguments.Manifest
        Dataset = found.TryGetResult NewArguments.Dataset
        Fixed = found.GetResults NewArguments.Set
        Varied = found.GetResults NewArguments.Vary
        Replicates = found.GetResult(NewArguments.Seeds, 3)
        Epochs = found.GetResult(NewArguments.Epochs, "5")
    }

let private show (found: ParseResults<ShowArguments>) =
    ShowCommand.run (Terminal.standardOutput ()) {
        Trial = found.GetResult ShowArguments.Trial
        Results = found.GetResult(ShowArguments.Results, defaultResults)
        Json = found.Contains ShowArguments.Json
    }

let private logs (found: ParseResults<LogsArguments>) =
    use interrupted = new CancellationTokenSource()

    use _ctrlC =
        Console.CancelKeyPress.Subscribe(fun pressed ->
            pressed.Cancel <- true
            interrupted.Cancel())

    LogsCommand.run
        Console.Out
        {
            Target = found.GetResult LogsArguments.Sweep
            Results = found.GetResult(LogsArguments.Results, defaultResults)
            Follow = found.Contains LogsArguments.Follow
            Json = found.Contains LogsArguments.Json
        }
        interrupted.Token

let private stop (found: ParseResults<StopArguments>) =
    StopCommand.run Console.Out {
        Sweep = found.GetResult StopArguments.Sweep
        Results = found.GetResult(StopArguments.Results, defaultResults)
        Json = found.Contains StopArguments.Json
    }

let private verify (found: ParseResults<VerifyArguments>) =
    VerifyCommand.run Liveness.standard Console.Out {
        Trial = found.GetResult VerifyArguments.Trial
        Results = found.GetResult(VerifyArguments.Results, defaultResults)
        Data = found.TryGetResult VerifyArguments.Data
        Json = found.Contains VerifyArguments.Json
    }

let private export (found: ParseResults<ExportArguments>) =
    ExportCommand.run Console.Out {
        Sweep = found.GetResult ExportArguments.Sweep
        Format = found.GetResult(ExportArguments.Format, ExportFormat.Csv)
        Output = found.TryGetResult ExportArguments.Output
        Results = found.GetResult(ExportArguments.Results, defaultResults)
        Json = found.Contains ExportArguments.Json
    }

let private prune (found: ParseResults<PruneArguments>) =
    PruneCommand.run Console.Out {
        Sweep = found.TryGetResult PruneArguments.Sweep
        Yes = found.Contains PruneArguments.Yes
        Results = found.GetResult(PruneArguments.Results, defaultResults)
        Json = found.Contains PruneArguments.Json
    }

let private home json =
    HomeCommand.run (Terminal.standardOutput ()) {
        Results = defaultResults
        Manifests = defaultManifests
        Json = json
    }

// Workers inherit the variable.
let private chooseStore (found: ParseResults<Arguments>) =
    found.TryGetResult Arguments.Store
    |> Option.iter (fun address -> Environment.SetEnvironmentVariable(TrialStore.variable, address))

let private dispatch (parser: ArgumentParser<Arguments>) (found: ParseResults<Arguments>) =
    chooseStore found

    match found.TryGetSubCommand() with
    | Some(Arguments.Plan plan') -> plan plan'
    | Some(Arguments.Manifest manifest') -> manifest manifest'
    | Some(Arguments.Run run') -> run run'
    | Some(Arguments.Status status') -> status status'
    | Some(Arguments.Stop stop') -> stop stop'
    | Some(Arguments.Verify verify') -> verify verify'
    | Some(Arguments.Export export') -> export export'
    | Some(Arguments.Prune prune') -> prune prune'
    | Some(Arguments.Report report') -> report report'
    | Some(Arguments.Compare compare') -> compare compare'
    | Some(Arguments.Describe describe') -> describe describe'
    | Some(Arguments.Data data') -> data data'
    | Some(Arguments.Doctor doctor') -> doctor doctor'
    | Some(Arguments.Worker worker') -> worker worker'
    | Some(Arguments.Probe _) -> ProbeCommand.run Services.probe
    | Some(Arguments.New new') -> newManifest new'
    | Some(Arguments.Show show') -> show show'
    | Some(Arguments.Logs logs') -> logs logs'
    | Some(Arguments.Completion shell) -> CompletionCommand.run parser (shell.GetResult CompletionArguments.Shell)
    | Some(Arguments.Store _)
    | Some Arguments.Version
    | Some Arguments.Json
    | None ->
        if found.Contains Arguments.Version then
            printfn "orchestrator %s" Provenance.version
            0
        else
            home (found.Contains Arguments.Json)

// On standard error, so that what is piped onwards stays what was asked for.
let private faultConsole () =
    LoggerConfiguration()
        .WriteTo.Console(
            outputTemplate = "{Timestamp:HH:mm:ss} {Message:lj}{NewLine}{Exception}",
            standardErrorFromLevel = Nullable LogEventLevel.Verbose
        )
        .CreateLogger()

/// Exit codes: 0 all done, 1 usage or manifest, 2 an internal fault, 3 finished with failed trials, 130 interrupted.
[<EntryPoint>]
let main arguments =
    if Array.contains "--json" arguments then
        ProblemLines.json <- Some Console.Out

    let parser = ArgumentParser.Create<Arguments>(programName = "orchestrator")

    try
        match HelpText.asked parser arguments with
        | Some help ->
            printfn "%s" help
            0
        | None ->
            ScriptSession.tryHandOver arguments
            |> Option.defaultWith (fun () -> parser.ParseCommandLine(arguments, raiseOnUsage = true) |> dispatch parser)
    with
    | :? ArguParseException as usage when usage.ErrorCode = ErrorCode.HelpText ->
        printfn "%s" usage.Message
        0
    | :? ArguParseException as usage ->
        let said = usage.Message.Trim().Split('\n')

        ProblemLines.say Console.Error (usage.Message + Environment.NewLine) [
            Problem("command line", said[0].Trim(), "See orchestrator --help, or COMMAND --help.")
        ]
    | :? ProblemException as found -> ProblemLines.print Console.Error found.Problems
    | fault ->
        use console = faultConsole ()
        console.Fatal(fault, "orchestrator: an internal fault; please report it with these lines")
        2
