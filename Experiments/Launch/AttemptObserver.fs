namespace Orchestrator.Experiments.Launch

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store

/// The attempt is over in the store's eyes: the worker lets go of the trial and writes no more.
exception SupersededException

/// The sweep's pruner stops the trial at the epoch that its checkpoint stands at.
exception PrunedException of reason: string

/// Carries what a trial does to the store, the coordinator and the trial's log, and keeps the lease alive.
type AttemptObserver
    (
        store: ITrialStore,
        claim: TrialClaim,
        liveness: Liveness,
        clock: TimeProvider,
        send: WorkerMessage -> unit,
        log: LogFile
    ) =
    let deadline = ProgressDeadline(liveness, clock)
    let mutable epochsDone = 0
    let mutable stage = ""
    let mutable renewedAt = clock.GetTimestamp()

    // A write for each of a thousand batches would cost more than they do.
    let interval = min (TimeSpan.FromSeconds 2.) (liveness.Least / 4.)

    let mutable pruned: string option = None

    let mutable trouble: ProblemException option = None

    let write (work: unit -> WriteAnswer) =
        let answer =
            try
                work ()
            with :? ProblemException as problems ->
                trouble <- Some problems
                reraise ()

        // However long the store let it wait: that is not how long the trial is silent.
        deadline.Restart()

        match answer with
        | WriteAnswer.Accepted -> renewedAt <- clock.GetTimestamp()
        | WriteAnswer.Hopeless reason -> pruned <- Some reason
        | WriteAnswer.Superseded -> raise SupersededException

    member _.EpochsDone = epochsDone

    /// What the store could not do, once there was such a thing.
    member _.Trouble = trouble

    /// Why the trial was stopped, once it was.
    member _.Pruned = pruned

    interface ITrialObserver with
        member _.Progress progress =
            let lease = deadline.Sign progress.Stage

            if progress.Stage <> stage || clock.GetElapsedTime renewedAt >= interval then
                stage <- progress.Stage
                write (fun () -> store.Renew(claim.Token, progress, lease))

            send (
                WorkerMessage.Progress(
                    progress.Epoch,
                    progress.Batch,
                    progress.Batches,
                    Option.ofNullable progress.Loss,
                    progress.Stage
                )
            )

        member _.EpochCompleted(epoch, metrics) =
            let lease = deadline.Sign stage
            write (fun () -> store.RecordEpoch(claim.Token, epoch, metrics, lease))
            epochsDone <- epoch
            let figures = [ for m in metrics -> FormattableString.Invariant $"{m.Name} {m.Value:G6}" ]
            let listed = String.Join(", ", figures)
            log.Say $"epoch {epoch}: {listed}"
            send (WorkerMessage.EpochDone epoch)

            match pruned with
            | None -> TrialDecision.Continue
            | Some _ -> TrialDecision.Prune

        member _.Resumed(epoch, metrics, remark) =
            let lease = deadline.Sign stage
            write (fun () -> store.RecordResumed(claim.Token, epoch, metrics, lease))
            epochsDone <- epoch
            log.Say $"taken up from the checkpoint of epoch {epoch}"

            match remark with
            | null -> ()
            | remark -> log.Warn remark

            match pruned with
            | None -> ()
            | Some reason -> raise (PrunedException reason)

        member _.Log message = log.Say message
