namespace Orchestrator.Experiments.Cli

open Argu

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type PlanArguments =
    | [<MainCommand; ExactlyOnce>] Manifest of path: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Data of folder: string
    | [<Unique>] Budget of time: string
    | [<Unique>] No_Probe
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | No_Probe -> "estimate from what was measured before, without training for a moment."
            | Manifest _ -> "the manifest to plan."
            | Budget _ -> "plan what run --budget would train."
            | Results _ -> "the results folder to compare with (default: results)."
            | Data _ -> "the folder of data sets (default: $ORCHESTRATOR_DATA, then the cache)."
            | Json -> "print JSON."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type RunArguments =
    | [<MainCommand; ExactlyOnce>] Manifest of path: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Data of folder: string
    | [<Unique>] Workers of count: int
    | [<Unique>] Threads of count: int
    | [<Unique>] Device of name: string
    | [<Unique>] Budget of time: string
    | [<Unique>] Fail_Fast
    | [<Unique>] Retry of what: string
    | [<Unique>] Json
    | [<Unique>] No_Probe

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Manifest _ -> "the manifest to run; running it again does only what is left."
            | Results _ -> "the results folder (default: results)."
            | Data _ -> "the folder of data sets (default: $ORCHESTRATOR_DATA, then the cache)."
            | No_Probe -> "estimate from what was measured before, without training for a moment."
            | Workers _ -> "worker processes (default: the manifest's, else as many as are fastest)."
            | Threads _ -> "threads of each worker (default: the manifest's, else 1)."
            | Device _ -> "auto, cpu, cuda or cuda:N (default: the manifest's)."
            | Budget _ ->
                "a smaller sweep of the same question that takes nominally 90s, 5m or 1h on 2 cores: fewer epochs, then fewer training images, under a name of its own."
            | Fail_Fast -> "stop everything at the first failed trial."
            | Retry _ -> "'failed' tries failed trials once more."
            | Json -> "print JSON at the end; what is said on the way goes to standard error."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type StatusArguments =
    | [<MainCommand; Unique>] Sweep of name: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ -> "the sweep (default: every sweep, a line each)."
            | Results _ -> "the results folder (default: results)."
            | Json -> "print JSON."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type ReportArguments =
    | [<MainCommand; ExactlyOnce>] Sweep of name: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Output of path: string
    | [<Unique>] Watch
    | [<Unique>] Script of path: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ -> "the sweep to report on."
            | Results _ -> "the results folder (default: results)."
            | Output _ -> "where to write the report (default: results/<sweep>/report.html)."
            | Watch -> "write it again while the sweep runs; the open page follows."
            | Script _ -> "the script that added the sweep's model, or sections of the report."
            | Json -> "print JSON."

[<CliPrefix(CliPrefix.DoubleDash)>]
type CompareArguments =
    | [<MainCommand; Mandatory>] Sweeps of names: string list
    | [<Unique>] Results of folder: string
    | [<Unique>] Output of path: string
    | [<Unique>] Script of path: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweeps _ -> "the sweeps to compare, two or more."
            | Results _ -> "the results folder (default: results)."
            | Output _ -> "where to write the report (default: results/compare-<sweeps>.html)."
            | Script _ -> "the script that added the sweeps' models, or sections of the report."
            | Json -> "print JSON."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type WorkerArguments =
    | [<Mandatory; Unique>] Sweep of name: string
    | [<Mandatory; Unique>] Results of folder: string
    | [<Mandatory; Unique>] Name of worker: string
    | [<Unique>] Data of folder: string
    | [<Unique>] Threads of count: int
    | [<Unique>] Device of name: string

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ -> "the sweep whose trials to take."
            | Results _ -> "the results folder."
            | Name _ -> "the worker's name in the store."
            | Data _ -> "the folder of data sets."
            | Threads _ -> "threads of one operator (default: 1)."
            | Device _ -> "cpu, cuda or cuda:N (default: cpu)."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type DoctorArguments =
    | [<Unique>] Sweep of name: string
    | [<Unique>] Results of folder: string
    | [<Unique>] Data of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Sweep _ -> "balance the books of this sweep as well."
            | Results _ -> "the results folder (default: results)."
            | Data _ -> "the folder of data sets (default: $ORCHESTRATOR_DATA, then the cache)."
            | Json -> "print JSON."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type DataArguments =
    | [<MainCommand; Unique>] Dataset of name: string
    | [<Unique>] Path of path: string
    | [<Unique>] Data of folder: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Dataset _ -> "find this data set, download it when it is missing, and verify it (default: list all)."
            | Path _ -> "where your own data lie, for idx, folder and npz."
            | Data _ -> "the folder of data sets (default: $ORCHESTRATOR_DATA, then the cache)."
            | Json -> "print JSON."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type DescribeArguments =
    | [<MainCommand; ExactlyOnce>] Manifest of path: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Manifest _ -> "the manifest whose models to describe."
            | Json -> "print JSON."

[<CliPrefix(CliPrefix.DoubleDash)>]
type ManifestArguments =
    | [<MainCommand; ExactlyOnce>] File of path: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | File _ -> "the script or manifest to print."
            | Json -> "print JSON that holds it."

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type ProbeArguments =
    | [<Hidden>] Request

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Request -> "the request is read from the standard input."

/// The command line.
[<CliPrefix(CliPrefix.None); HelpFlags("--help", "-h")>]
type Arguments =
    | [<SubCommand; CliPrefix(CliPrefix.None)>] New of ParseResults<NewArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Plan of ParseResults<PlanArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Manifest of ParseResults<ManifestArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Run of ParseResults<RunArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Status of ParseResults<StatusArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Show of ParseResults<ShowArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Logs of ParseResults<LogsArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Stop of ParseResults<StopArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Verify of ParseResults<VerifyArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Export of ParseResults<ExportArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Prune of ParseResults<PruneArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Report of ParseResults<ReportArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Compare of ParseResults<CompareArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Describe of ParseResults<DescribeArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Data of ParseResults<DataArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Doctor of ParseResults<DoctorArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Completion of ParseResults<CompletionArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Worker of ParseResults<WorkerArguments>
    | [<SubCommand; CliPrefix(CliPrefix.None)>] Probe of ParseResults<ProbeArguments>
    | [<CliPrefix(CliPrefix.DoubleDash); Inherit; Unique>] Store of address: string
    | [<CliPrefix(CliPrefix.DoubleDash); Unique>] Version
    | [<CliPrefix(CliPrefix.DoubleDash); Unique>] Json

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | New _ -> "write a commented manifest to begin with."
            | Plan _ -> "show what a manifest asks for, what is done and what is left."
            | Manifest _ -> "print the manifest that a script stands for, or a manifest in full."
            | Run _ -> "train what is left of a manifest and write its report."
            | Status _ -> "show where sweeps stand."
            | Show _ -> "show everything about one trial."
            | Logs _ -> "print the log of a sweep or a trial, and follow it."
            | Stop _ -> "ask a running sweep to stop at a checkpoint."
            | Verify _ -> "train a completed trial again and compare every bit."
            | Export _ -> "write a sweep's figures for other programs: CSV, JSON Lines, TensorBoard, Optuna."
            | Prune _ -> "show, and with --yes delete, what no plan asks for any more."
            | Report _ -> "write a sweep's report."
            | Compare _ -> "write one report over several sweeps."
            | Describe _ -> "show the models of a manifest, layer by layer."
            | Data _ -> "list, download and verify data sets."
            | Doctor _ -> "check this machine, and a sweep's books."
            | Completion _ -> "print the completion script of a shell."
            | Worker _ -> "train trials of a sweep (started by run)."
            | Probe _ -> "measure what trainings cost (started by plan and run)."
            | Store _ ->
                "keep the results database in PostgreSQL, as $ORCHESTRATOR_STORE does: postgres://user@host:5432/database."
            | Version -> "print the version."
            | Json -> "print as JSON where you are: what the program without a command shows."
