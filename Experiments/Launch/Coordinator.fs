// Over 300 lines: the state of a sweep under way and what changes it stand together, read from top to bottom.
namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Concurrent
open System.Collections.Generic
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store

/// What a coordinator is to bring about.
type CoordinatorOptions = {
    Sweep: string
    Results: string
    Data: string option
    Workers: int
    Threads: int
    Device: string
    /// Stop everything at the first failed trial.
    FailFast: bool
    /// Plans further trials where the sampler learns from results.
    Propose: Proposer
}

/// How a coordinator's work ended.
[<RequireQualifiedAccess>]
type CoordinatorEnd =
    /// No trial is left to train.
    | Finished
    /// A person stopped it; what is left goes on at the next run.
    | Interrupted
    /// The first failure stopped it, as was asked for.
    | FailedFast
    /// The surroundings do not allow to go on.
    | Broken of Problem list

/// What the coordinator waits for.
[<RequireQualifiedAccess>]
type private Happening =
    | Worker of WorkerEvent
    | StopAsked

/// A worker and what it is at.
type private Held = {
    Process: WorkerProcess
    mutable Line: WorkerLine
    /// It has had a trial: its death is then the trial's matter and not the start's.
    mutable Claimed: bool
    mutable KilledBecause: string option
}

/// Starts workers, watches them, gives back the trials of dead and hung ones, and ends when nothing is left.
/// Several coordinators may work on one sweep: claims decide who trains what.
type Coordinator(store: ITrialStore, options: CoordinatorOptions, liveness: Liveness, view: IProgressView, log: LogFile)
    =
    let happenings = new BlockingCollection<Happening>()
    let workers = Dictionary<string, Held>()
    let clock = TimeProvider.System
    let startedAt = clock.GetTimestamp()
    let identity = ProcessIdentity.current ()
    let name = $"{identity.Host}-{identity.ProcessId}"
    let mutable started = 0
    let mutable deathsAtStart = 0
    let mutable stopping: CoordinatorEnd option = None
    let mutable stoppedAt = 0L
    let mutable ticked = 0L
    let mutable pause = liveness.Tick
    let mutable epochsAtStart = 0
    let mutable failedAtStart = 0
    let mutable saidWaiting = false

    let say line =
        log.Say line
        view.Say line

    let workerArguments worker =
        [
            "worker"
            "--sweep"
            options.Sweep
            "--results"
            options.Results
            "--name"
            worker
            "--threads"
            string options.Threads
            "--device"
            options.Device
        ]
        @ (options.Data
           |> Option.map (fun folder -> [ "--data"; folder ])
           |> Option.defaultValue [])

    let idle worker = {
        Worker = worker
        Trial = None
        Stage = ""
        Epoch = 0
        Budget = 0
        Batch = 0
        Batches = 0
        Loss = None
    }

    let spawn () =
        started <- started + 1
        let worker = $"{name}-{started}"
        let start = WorkerProcess.startInfo options.Threads (workerArguments worker)
        let post = Happening.Worker >> happenings.Add

        workers[worker] <- {
            Process = new WorkerProcess(worker, start, post)
            Line = idle $"worker {started}"
            Claimed = false
            KilledBecause = None
        }

    let stop reason =
        if stopping.IsNone then
            stopping <- Some reason
            stoppedAt <- clock.GetTimestamp()

            for held in workers.Values do
                held.Process.Stop()

    let kill (held: Held) reason =
        held.KilledBecause <- Some reason
        held.Process.Kill()

    let said (held: Held) message =
        match message with
        | WorkerMessage.Claimed(_, label, attempt, budget) ->
            held.Claimed <- true
            deathsAtStart <- 0

            held.Line <- {
                idle held.Line.Worker with
                    Trial = Some label
                    Budget = budget
                    Stage = "starting"
            }

            if attempt > 1 then
                say $"{label}: attempt {attempt}"
        | WorkerMessage.Progress(epoch, batch, batches, loss, stage) ->
            held.Line <- {
                held.Line with
                    Epoch = epoch
                    Batch = batch
                    Batches = batches
                    Loss = loss
                    Stage = stage
            }
        | WorkerMessage.EpochDone epoch -> held.Line <- { held.Line with Epoch = epoch }
        | WorkerMessage.Ended(_, outcome, epochs, error) ->
            let label = held.Line.Trial |> Option.defaultValue ""
            let cause = error |> Option.map (fun text -> ": " + text) |> Option.defaultValue ""
            say $"{label}: {outcome.ToLowerInvariant()} after {epochs} epochs{cause}"
            held.Line <- idle held.Line.Worker

    let howItEnded (held: Held) code =
        let ending =
            match held.KilledBecause with
            | Some reason -> reason
            | None when code > 128 -> $"the worker process was killed by signal {code - 128}"
            | None -> $"the worker process ended with code {code}"

        match held.Process.LastLines with
        | "" -> ending
        | lines -> $"{ending}; it last wrote: {lines}"

    let giveBack worker reason =
        let tokens =
            store.Running options.Sweep
            |> List.filter (fun attempt -> attempt.Worker = worker)
            |> List.map _.Token

        if not tokens.IsEmpty then
            store.MarkLost(tokens, reason, false) |> ignore
            say $"{worker}: {reason}; its trial is given back"

    let diedAtStart (held: Held) reason =
        deathsAtStart <- deathsAtStart + 1

        if deathsAtStart >= 3 then
            stop (
                CoordinatorEnd.Broken [
                    Problem(
                        held.Process.Name,
                        $"workers end before they take a trial: {reason}",
                        "Run: orchestrator doctor"
                    )
                ]
            )

    let exited worker code =
        match workers.TryGetValue worker with
        | true, held ->
            workers.Remove worker |> ignore
            let reason = howItEnded held code
            giveBack worker reason

            // A worker ends with 1 for a problem of the surroundings, which the next one would meet too.
            if code = 1 then
                stop (CoordinatorEnd.Broken [ Problem(worker, held.Process.LastLines, "Mend this and run again.") ])
            elif code <> 0 && stopping.IsNone && not held.Claimed then
                diedAtStart held reason

            (held.Process :> IDisposable).Dispose()
        | _ -> ()

    let handle happening =
        match happening with
        | Happening.Worker(WorkerEvent.Said(worker, message)) ->
            match workers.TryGetValue worker with
            | true, held -> said held message
            | _ -> ()
        | Happening.Worker(WorkerEvent.Printed(worker, line)) -> log.Say $"{worker}: {line}"
        | Happening.Worker(WorkerEvent.Exited(worker, code)) -> exited worker code
        | Happening.StopAsked ->
            match stopping with
            | None ->
                say "stopping: workers write a checkpoint and end; Ctrl-C again ends them at once"
                stop CoordinatorEnd.Interrupted
            | Some _ ->
                for held in workers.Values do
                    kill held "ended at once by a second Ctrl-C"

    // A silent worker of another coordinator is not ours to kill: its token alone is taken from it.
    let reclaim (running: RunningAttempt list) =
        let now = clock.GetUtcNow()

        for attempt in running do
            match workers.TryGetValue attempt.Worker with
            | true, held when attempt.LeaseExpiresAt < now && held.KilledBecause.IsNone ->
                kill held $"no progress for {SweepProgress.duration (now - attempt.ProgressedAt)}; killed"
            | true, _ -> ()
            | _ when ProcessIdentity.isGone attempt.ProcessId attempt.Process ->
                store.MarkLost([ attempt.Token ], "the worker process is gone", false) |> ignore
            | _ when attempt.LeaseExpiresAt < now ->
                store.MarkLost([ attempt.Token ], "the worker made no progress before its lease ran out", true)
                |> ignore
            | _ -> ()

    // A worker that got lost on its way out holds nothing, and the books no longer need it.
    let hurryStragglers () =
        if clock.GetElapsedTime stoppedAt > liveness.Leave then
            let busy = store.Running options.Sweep |> List.map _.Worker |> set

            for held in workers.Values do
                if not (busy.Contains held.Process.Name) && held.KilledBecause.IsNone then
                    kill held "did not end when told to"

    let show (standing: SweepStanding) =
        view.Show {
            Counts = standing.Counts
            Epochs = standing.Epochs
            EpochsDone = standing.EpochsDone
            Remaining =
                SweepProgress.remaining
                    (clock.GetElapsedTime startedAt)
                    epochsAtStart
                    standing.EpochsDone
                    standing.Epochs
            Workers = [ for held in workers.Values -> held.Line ]
        }

    let waitForOthers (counts: StateCounts) =
        if workers.Count = 0 && counts.Pending = 0 && counts.Running > 0 && not saidWaiting then
            saidWaiting <- true
            say $"{counts.Running} trials are under way in other processes; waiting for them"

    let fill (counts: StateCounts) =
        let unoccupied =
            workers.Values |> Seq.filter (fun held -> held.Line.Trial.IsNone) |> Seq.length

        let wanted = min (options.Workers - workers.Count) (counts.Pending - unoccupied)

        for _ in 1..wanted do
            spawn ()

    let self = {
        Name = name
        Role = "coordinator"
        Sweep = options.Sweep
        Host = identity.Host
        ProcessId = identity.ProcessId
        Process = identity.Key
    }

    let withProposals (standing: SweepStanding) =
        let counts = standing.Counts

        if stopping.IsSome then
            standing, 0
        else
            let toCome = options.Propose(options.Workers - counts.Pending - counts.Running)

            (if toCome > 0 || counts.Pending + counts.Running = 0 then
                 store.Standing options.Sweep
             else
                 standing),
            toCome

    let tick () =
        ticked <- clock.GetTimestamp()
        reclaim (store.Running options.Sweep)
        let standing, toCome = withProposals (store.Standing options.Sweep)
        let counts = standing.Counts
        show standing

        if store.Beat self && stopping.IsNone then
            say "stopping: asked to by 'orchestrator stop'; workers write a checkpoint and end"
            stop CoordinatorEnd.Interrupted

        if options.FailFast && counts.Failed > failedAtStart then
            stop CoordinatorEnd.FailedFast

        if stopping.IsSome then
            hurryStragglers ()
        elif counts.Pending = 0 && counts.Running = 0 && toCome = 0 then
            stop CoordinatorEnd.Finished
        else
            fill counts
            waitForOthers counts

        // A sweep of very many trials takes long to look at: looking gets a tenth of the time and no more.
        pause <- max liveness.Tick (9. * clock.GetElapsedTime ticked)

    let rec loop () =
        match stopping with
        | Some ending when workers.Count = 0 -> ending
        | _ ->
            let mutable happening = Happening.StopAsked

            if happenings.TryTake(&happening, liveness.Tick) then
                handle happening

            if clock.GetElapsedTime ticked >= pause then
                tick ()

            loop ()

    let endEverything () =
        for held in workers.Values do
            held.Process.Kill()

    /// Asks the workers to stop at a checkpoint; asked again, ends them at once. For any thread.
    member _.Stop() = happenings.Add Happening.StopAsked

    /// Works until nothing is left or something stops it.
    member _.Run() : CoordinatorEnd =
        try
            store.Beat self |> ignore
            let standing = store.Standing options.Sweep
            epochsAtStart <- standing.EpochsDone
            failedAtStart <- standing.Counts.Failed
            tick ()
            let ending = loop ()
            store.Leave name
            ending
        with :? ProblemException as problems ->
            endEverything ()
            CoordinatorEnd.Broken(List.ofSeq problems.Problems)

    interface IDisposable with
        member _.Dispose() =
            endEverything ()
            happenings.Dispose()
