/// A worker process: takes trial after trial of a sweep and trains them, until none is left or it is told to stop.
module Orchestrator.Experiments.Launch.Worker

open System
open System.IO
open System.Runtime.InteropServices
open System.Threading
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store

/// Trains one trial: Core's trainer, or in tests of this program a predictable one.
type Train = TrialSpecification -> TrialEnvironment -> ITrialObserver -> CancellationToken -> TrialOutcome

/// What a worker is started with.
type WorkerOptions = {
    Sweep: string
    Results: string
    Name: string
    Data: string option
    Threads: int
    Device: string
}

/// What a worker works with.
type WorkerServices = {
    Train: Train
    /// Facts of the torch provider, for the provenance.
    Torch: unit -> (string * string) list
    Liveness: Liveness
}

/// What one worker needs for each of its trials.
type private Bench = {
    Options: WorkerOptions
    Services: WorkerServices
    Store: ITrialStore
    Send: WorkerMessage -> unit
    Stop: CancellationToken
    /// What no other trial would fare better with, once there is such a thing: a full disk, a store that is gone.
    Trouble: ProblemException option ref
}

// Linux' ENOSPC and EDQUOT, and Windows' ERROR_DISK_FULL.
let private isDiskFull (error: exn) =
    match error with
    | :? IOException as io -> List.contains (io.HResult &&& 0xFFFF) [ 28; 122; 112 ]
    | _ -> false

let private fullDisk (results: string) =
    ProblemException(results, "the disk is full", "Free space on it and run again: nothing was lost.")

let private ended outcome epochs (error: exn) =
    TrialOutcome(Outcome = outcome, EpochsDone = epochs, Error = error.Message)

let private because reason (outcome: TrialOutcome) =
    TrialOutcome(
        Outcome = outcome.Outcome,
        EpochsDone = outcome.EpochsDone,
        Metrics = outcome.Metrics,
        Interruptions = outcome.Interruptions,
        Remarks = outcome.Remarks,
        Error = reason
    )

/// The outcome of a training, exceptions included; None when the trial has passed to another attempt.
let private outcomeOf bench (claim: TrialClaim) environment (observer: AttemptObserver) (log: LogFile) =
    try
        let outcome =
            bench.Services.Train claim.Specification environment observer bench.Stop

        match observer.Pruned with
        | Some reason when outcome.Outcome = AttemptOutcome.Pruned -> Some(because reason outcome)
        | _ -> Some outcome
    with
    | PrunedException reason ->
        TrialOutcome(Outcome = AttemptOutcome.Pruned, EpochsDone = observer.EpochsDone)
        |> because reason
        |> Some
    | SupersededException ->
        log.Warn "the trial has passed to another attempt; this one stops"
        None
    | :? OperationCanceledException as error when bench.Stop.IsCancellationRequested ->
        Some(ended AttemptOutcome.Preempted observer.EpochsDone error)
    | :? OutOfMemoryException as error ->
        log.Fail(error, "out of memory")
        Some(ended AttemptOutcome.OutOfMemory observer.EpochsDone error)
    // No fault of the trial's: it stays as it is, and the worker leaves, for the next trial would meet the same.
    | error when isDiskFull error ->
        log.Fail(error, "the disk is full")
        bench.Trouble.Value <- Some(fullDisk bench.Options.Results)
        Some(ended AttemptOutcome.Preempted observer.EpochsDone error)
    | error when observer.Trouble.IsSome ->
        log.Fail(error, "the results database could not be written")
        bench.Trouble.Value <- observer.Trouble
        Some(ended AttemptOutcome.Preempted observer.EpochsDone error)
    | error ->
        log.Fail(error, "the attempt failed")
        Some(ended AttemptOutcome.Failed observer.EpochsDone error)

let private environment bench (claim: TrialClaim) =
    TrialEnvironment(
        Folder = ResultsFolder.file bench.Options.Results claim.Folder,
        Device = bench.Options.Device,
        Threads = bench.Options.Threads,
        DataFolder = Option.toObj bench.Options.Data,
        CacheFolder = ResultsFolder.cache bench.Options.Results
    )

let private train bench (claim: TrialClaim) =
    let trial = claim.Specification
    let label = WorkerMessage.label claim.Varied trial.Seed

    use log =
        new LogFile(ResultsFolder.trialLog bench.Options.Results bench.Options.Sweep trial.Id)

    log.Say $"attempt {claim.Number} by {bench.Options.Name}: {label}, {trial.Budget} epochs"
    bench.Send(WorkerMessage.Claimed(trial.Id, label, claim.Number, trial.Budget))

    let observer =
        AttemptObserver(bench.Store, claim, bench.Services.Liveness, TimeProvider.System, bench.Send, log)

    outcomeOf bench claim (environment bench claim) observer log
    |> Option.iter (fun outcome ->
        let name = string outcome.Outcome
        let error = Option.ofObj outcome.Error

        match error with
        | Some reason when outcome.Outcome = AttemptOutcome.Pruned -> log.Say reason
        | Some error when outcome.Outcome <> AttemptOutcome.Completed -> log.Warn $"{name}: {error}"
        | _ when outcome.StoppedEarly ->
            log.Say $"{name}: stopped early at epoch {outcome.EpochsDone} of {trial.Budget}"
        | _ -> log.Say $"{name} after {outcome.EpochsDone} epochs"

        match bench.Store.Finish(claim.Token, outcome, log.Tail) with
        | WriteAnswer.Accepted
        | WriteAnswer.Hopeless _ -> bench.Send(WorkerMessage.Ended(trial.Id, name, outcome.EpochsDone, error))
        | WriteAnswer.Superseded -> log.Warn "the trial had passed to another attempt; its end was not recorded")

let private request bench (identity: ProcessIdentity) provenance : ClaimRequest = {
    Sweep = bench.Options.Sweep
    Worker = bench.Options.Name
    Host = identity.Host
    ProcessId = identity.ProcessId
    Process = identity.Key
    Device = bench.Options.Device
    Threads = bench.Options.Threads
    Provenance = provenance
    Lease = bench.Services.Liveness.First
    Room = Admission.room
}

let rec private work bench waiting request =
    if not bench.Stop.IsCancellationRequested then
        match bench.Store.Claim request with
        | ClaimAnswer.Claimed claim ->
            train bench claim

            Option.iter raise bench.Trouble.Value
            work bench false request
        | ClaimAnswer.Wait ->
            bench.Stop.WaitHandle.WaitOne bench.Services.Liveness.Poll |> ignore
            work bench waiting request
        | ClaimAnswer.WaitForMemory(need, room) ->
            if not waiting then
                bench.Send(WorkerMessage.Waiting(MemoryRoom.reason need room))

            bench.Stop.WaitHandle.WaitOne bench.Services.Liveness.Poll |> ignore
            work bench true request
        | ClaimAnswer.Nothing -> ()

// The coordinator says stop, or dies, which closes the pipe: either way its workers stop at a checkpoint.
let private listen (input: TextReader) (stop: CancellationTokenSource) =
    let rec next () =
        match input.ReadLine() with
        | null
        | "stop" -> stop.Cancel()
        | _ -> next ()

    Thread(next, IsBackground = true, Name = "coordinator's orders").Start()

// A dead coordinator's pipe is broken; its end of the orders stops the worker, so lines can be lost meanwhile.
let private sender (output: TextWriter) (stop: CancellationTokenSource) message =
    try
        lock output (fun () ->
            output.WriteLine(WorkerMessage.write message)
            output.Flush())
    with :? IOException ->
        stop.Cancel()

/// Works until no trial is left, a stop, or a problem of the surroundings.
let run (services: WorkerServices) (options: WorkerOptions) (input: TextReader) (output: TextWriter) =
    use stop = new CancellationTokenSource()

    // Ctrl-C reaches every process of the terminal; the coordinator alone decides.
    use _ignored =
        PosixSignalRegistration.Create(PosixSignal.SIGINT, (fun context -> context.Cancel <- true))

    use _told =
        PosixSignalRegistration.Create(
            PosixSignal.SIGTERM,
            fun context ->
                context.Cancel <- true
                stop.Cancel()
        )

    listen input stop

    TrialStore.openForWork options.Results
    |> Result.map (fun opened ->
        use store = opened
        // Its coordinator tells people whom it waits for.
        store.WhileLocked(Some(fun _ held -> services.Liveness.WaitsOn(stop.IsCancellationRequested, held)))
        let identity = ProcessIdentity.current ()

        let provenance =
            Provenance.describe (services.Torch()) options.Device options.Threads

        let bench = {
            Options = options
            Services = services
            Store = store
            Send = sender output stop
            Stop = stop.Token
            Trouble = ref None
        }

        let self = {
            Name = options.Name
            Role = "worker"
            Sweep = options.Sweep
            Host = identity.Host
            ProcessId = identity.ProcessId
            Process = identity.Key
        }

        store.Beat self |> ignore
        work bench false (request bench identity provenance)
        store.Leave self.Name)
