namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Concurrent
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store

/// What the coordinator waits for.
[<RequireQualifiedAccess>]
type private Happening =
    | Worker of WorkerEvent
    | StopAsked

module Coordinator =
    /// The name of this process's coordinator in the store.
    let name () =
        let identity = ProcessIdentity.current ()
        $"{identity.Host}-{identity.ProcessId}"

/// Starts workers, watches them, gives back the trials of dead and hung ones, and ends when nothing is left.
/// Several coordinators may work on one sweep: claims decide who trains what.
type Coordinator
    (
        store: ITrialStore,
        options: CoordinatorOptions,
        liveness: Liveness,
        clock: TimeProvider,
        view: IProgressView,
        log: LogFile
    ) =
    let happenings = new BlockingCollection<Happening>()
    let startedAt = clock.GetTimestamp()
    let identity = ProcessIdentity.current ()
    let name = Coordinator.name ()

    let say line =
        log.Say line
        view.Say line

    let crew = WorkerCrew(name, options, Happening.Worker >> happenings.Add, say)

    let leases =
        LeaseWatch(clock, (fun attempt -> ProcessIdentity.processorUse attempt.ProcessId attempt.Process))

    let mutable deathsAtStart = 0
    let mutable stopping: CoordinatorEnd option = None
    let mutable stoppedAt = 0L
    let mutable ticked = 0L

    [<VolatileField>]
    let mutable stopAsked = false

    let mutable pause = liveness.Tick
    let mutable epochsAtStart = 0
    let mutable failedAtStart = 0
    let mutable saidWaiting = false
    let mutable saidLockedBy: LockHolder option option = None
    let mutable peakMemory = 0L

    let stop reason =
        if stopping.IsNone then
            stopping <- Some reason
            stoppedAt <- clock.GetTimestamp()
            crew.Stop()

    let said (held: CrewMember) message =
        match message with
        | WorkerMessage.Claimed _ -> deathsAtStart <- 0
        | _ -> ()

        crew.Hear(held, message)

    let giveBack worker reason =
        let tokens =
            store.Running options.Sweep
            |> List.filter (fun attempt -> attempt.Worker = worker)
            |> List.map _.Token

        if not tokens.IsEmpty then
            store.MarkLost(tokens, reason) |> ignore
            say $"{worker}: {reason}; its trial is given back"

        not tokens.IsEmpty

    let diedAtStart (held: CrewMember) reason =
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

    let exited worker (held: CrewMember) code =
        crew.Remove worker
        let reason = crew.HowItEnded(held, code)
        let hadTrial = giveBack worker reason
        store.Leave worker

        // It can die between the claim and telling of it.
        if hadTrial then
            deathsAtStart <- 0

        // A worker ends with 1 for a problem of the surroundings, which the next one would meet too.
        if code = 1 then
            stop (CoordinatorEnd.Broken [ Problem(worker, held.Process.LastLines, "Mend this and run again.") ])
        elif code <> 0 && stopping.IsNone && not held.Claimed && not hadTrial then
            diedAtStart held reason

        (held.Process :> IDisposable).Dispose()

    let handle happening =
        match happening with
        | Happening.Worker(WorkerEvent.Said(worker, message)) ->
            crew.TryFind worker |> Option.iter (fun held -> said held message)
        | Happening.Worker(WorkerEvent.Printed(worker, line)) -> log.Say $"{worker}: {line}"
        | Happening.Worker(WorkerEvent.Exited(worker, code)) ->
            crew.TryFind worker |> Option.iter (fun held -> exited worker held code)
        | Happening.StopAsked ->
            match stopping with
            | None ->
                say "stopping: workers write a checkpoint and end; Ctrl-C again ends them at once"
                stop CoordinatorEnd.Interrupted
            | Some _ ->
                for held in crew.Members do
                    crew.Kill(held, "ended at once by a second Ctrl-C")

    // A silent worker of another coordinator is not ours to kill: its token alone is taken from it.
    let reclaim (running: RunningAttempt list) =
        leases.Look running

        for attempt in running do
            match crew.TryFind attempt.Worker with
            | Some held when leases.IsOverdue attempt && held.KilledBecause.IsNone ->
                crew.Kill(held, $"no progress for {SweepProgress.duration (leases.Silence attempt)}; killed")
            | Some _ -> ()
            | None when ProcessIdentity.isGone attempt.ProcessId attempt.Process ->
                store.MarkLost([ attempt.Token ], "the worker process is gone") |> ignore
            | None when leases.IsOverdue attempt ->
                store.MarkSilent(attempt.Token, attempt.ProgressedAt, "the worker made no progress within its lease")
                |> ignore
            | None -> ()

    // One that froze in the middle of a write would keep this process from all that it does about silent workers.
    let endFrozen (holder: LockHolder) (held: TimeSpan) =
        for worker in crew.Members do
            if
                holder.Host = identity.Host
                && holder.ProcessId = worker.Process.ProcessId
                && worker.KilledBecause.IsNone
            then
                crew.Kill(worker, $"kept the results database locked for {SweepProgress.duration held}; killed")

    // Others are not ours to end. Whoever backs the database up or has suspended a program in a write costs the sweep
    // time, and no more.
    let whileLocked (holder: LockHolder option) (held: TimeSpan) =
        if held > liveness.Hold then
            holder |> Option.iter (fun holder -> endFrozen holder held)

        if held > liveness.QuietWait && Some holder <> saidLockedBy then
            saidLockedBy <- Some holder
            say $"waiting: {LockHolder.describe holder} keeps the results database locked. {LockHolder.remedy holder}."

        liveness.WaitsOn(stopAsked, held)

    // A worker that got lost on its way out holds nothing, and the books no longer need it.
    let hurryStragglers () =
        if clock.GetElapsedTime stoppedAt > liveness.Leave then
            let busy = store.Running options.Sweep |> List.map _.Worker |> set

            for held in crew.Members do
                if not (busy.Contains held.Process.Name) && held.KilledBecause.IsNone then
                    crew.Kill(held, "did not end when told to")

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
            Workers = crew.Lines
        }

    let waitForOthers (counts: StateCounts) =
        if crew.Count = 0 && counts.Pending = 0 && counts.Running > 0 && not saidWaiting then
            saidWaiting <- true
            say $"{counts.Running} trials are under way in other processes; waiting for them"

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
            let toCome = options.Propose(options.Slots.Length - counts.Pending - counts.Running)

            (if toCome > 0 || counts.Pending + counts.Running = 0 then
                 store.Standing options.Sweep
             else
                 standing),
            toCome

    let timed look =
        let began = clock.GetTimestamp()
        let found = look options.Sweep
        found, clock.GetElapsedTime began

    let tick () =
        ticked <- clock.GetTimestamp()
        peakMemory <- max peakMemory (crew.ResidentBytes())
        let running, first = timed store.Running
        reclaim running
        let found, second = timed store.Standing
        // A sweep of very many trials takes long to look at: looking gets a tenth of the time and no more.
        pause <- max liveness.Tick (9. * (first + second))
        let standing, toCome = withProposals found
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
            crew.Start(counts.Pending - crew.Unoccupied)
            waitForOthers counts

    let rec loop () =
        match stopping with
        | Some ending when crew.Count = 0 -> ending
        | _ ->
            let mutable happening = Happening.StopAsked

            if happenings.TryTake(&happening, liveness.Tick) then
                handle happening

            if clock.GetElapsedTime ticked >= pause then
                tick ()

            loop ()

    /// Asks the workers to stop at a checkpoint; asked again, ends them at once. For any thread.
    member _.Stop() =
        stopAsked <- true
        happenings.Add Happening.StopAsked

    /// The most memory that the workers were seen to hold together.
    member _.PeakMemory = peakMemory

    /// Works until nothing is left or something stops it.
    member _.Run() : CoordinatorEnd =
        store.WhileLocked(Some whileLocked)

        try
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
                crew.EndEverything()
                CoordinatorEnd.Broken(List.ofSeq problems.Problems)
        finally
            store.WhileLocked None

    interface IDisposable with
        member _.Dispose() =
            crew.EndEverything()
            happenings.Dispose()
