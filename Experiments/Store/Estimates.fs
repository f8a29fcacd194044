/// What calls of `run` thought that they would take, and what they took.
module internal Orchestrator.Experiments.Store.Estimates

open System.Data.Common
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan

let private insert =
    """
    INSERT INTO estimates (sweep, coordinator, made_at, workers, threads, device, trials, epochs, seconds,
                           memory_bytes, disk_bytes, source, processor_seconds)
    VALUES (@sweep, @coordinator, @made, @workers, @threads, @device, @trials, @epochs, @seconds, @memory, @disk, @source,
            @processor)
    RETURNING id"""

let private writeCosts connection (sweep: string) (costs: (string * Cost) list) =
    use insert =
        new Sql.Statement(
            connection,
            """INSERT INTO costs (sweep, configuration_id, seconds_per_epoch, seconds_per_reading, seconds_per_trial,
                                  memory_bytes, gpu_bytes, disk_bytes)
               VALUES (@sweep, @configuration, @epoch, @reading, @trial, @memory, @gpu, @disk)
               ON CONFLICT (sweep, configuration_id) DO UPDATE SET seconds_per_epoch = excluded.seconds_per_epoch,
                   seconds_per_reading = excluded.seconds_per_reading, seconds_per_trial = excluded.seconds_per_trial,
                   memory_bytes = excluded.memory_bytes, gpu_bytes = excluded.gpu_bytes, disk_bytes = excluded.disk_bytes""",
            [
                "sweep"
                "configuration"
                "epoch"
                "reading"
                "trial"
                "memory"
                "gpu"
                "disk"
            ]
        )

    for configuration, cost in costs do
        insert.Run [
            sweep
            configuration
            cost.SecondsPerEpoch
            cost.SecondsPerReading
            cost.SecondsPerTrial
            cost.MemoryBytes
            cost.GpuBytes
            cost.DiskBytes
        ]

/// Writes an estimate and the costs of configurations; answers its number.
let save (estimate: EstimateRecord) costs (connection: DbConnection) =
    writeCosts connection estimate.Sweep costs

    Sql.rows
        connection
        insert
        [
            "sweep", box estimate.Sweep
            "coordinator", box estimate.Coordinator
            "made", Sql.time estimate.MadeAt
            "workers", box estimate.Workers
            "threads", box estimate.Threads
            "device", box estimate.Device
            "trials", box estimate.Trials
            "epochs", box estimate.Epochs
            "seconds", box estimate.Seconds
            "memory", box estimate.MemoryBytes
            "disk", box estimate.DiskBytes
            "source", box estimate.Source
            "processor", Sql.nullable estimate.ProcessorSeconds
        ]
        (Sql.long "id")
    |> List.head

/// Writes what became of an estimate.
let close (id: int64) (fact: EstimateFact) (connection: DbConnection) =
    Sql.run
        connection
        """UPDATE estimates SET ended_at = @ended, took_seconds = @seconds, peak_memory_bytes = @memory,
               written_bytes = @disk, epochs_trained = @epochs, finished = @finished,
               took_processor_seconds = @processor WHERE id = @id"""
        [
            "ended", Sql.time fact.EndedAt
            "seconds", box fact.Seconds
            "memory", box fact.MemoryBytes
            "disk", box fact.DiskBytes
            "epochs", box fact.EpochsTrained
            "finished", box (if fact.Finished then 1 else 0)
            "processor", Sql.nullable fact.ProcessorSeconds
            "id", box id
        ]
    |> ignore

let private fact row =
    Sql.optional Sql.instant "ended_at" row
    |> Option.map (fun ended -> {
        EndedAt = ended
        Seconds = Sql.real "took_seconds" row
        MemoryBytes = Sql.long "peak_memory_bytes" row
        DiskBytes = Sql.long "written_bytes" row
        EpochsTrained = Sql.int "epochs_trained" row
        Finished = Sql.int "finished" row = 1
        ProcessorSeconds = Sql.optional Sql.real "took_processor_seconds" row
    })

/// The estimates of a sweep, the last one last.
let ofSweep (sweep: string) (connection: DbConnection) : EstimateRecord list =
    Sql.rows connection "SELECT * FROM estimates WHERE sweep = @sweep ORDER BY id" [ "sweep", box sweep ] (fun row -> {
        Id = Sql.long "id" row
        Sweep = Sql.text "sweep" row
        Coordinator = Sql.text "coordinator" row
        MadeAt = Sql.instant "made_at" row
        Workers = Sql.int "workers" row
        Threads = Sql.int "threads" row
        Device = Sql.text "device" row
        Trials = Sql.int "trials" row
        Epochs = Sql.int "epochs" row
        Seconds = Sql.real "seconds" row
        MemoryBytes = Sql.long "memory_bytes" row
        DiskBytes = Sql.long "disk_bytes" row
        Source = Sql.text "source" row
        ProcessorSeconds = Sql.optional Sql.real "processor_seconds" row
        Fact = fact row
    })

// Times are text, so the difference is taken here and not in the database; the last attempts say enough. One that was taken up
// near its end shows what a trial ends with, and not its epochs' pace.
let pace (host: string) (device: string) (threads: int) (connection: DbConnection) : Map<string, float> =
    Sql.rows
        connection
        """SELECT t.configuration_id, a.started_at, a.ended_at, a.epochs_done - a.start_epoch AS epochs
           FROM attempts a JOIN trials t ON t.id = a.trial_id
           WHERE a.outcome = 'completed' AND a.host = @host AND a.device = @device AND a.threads = @threads
             AND a.epochs_done > 2 * a.start_epoch
           ORDER BY a.token DESC LIMIT 2000"""
        [ "host", box host; "device", box device; "threads", box threads ]
        (fun row ->
            Sql.text "configuration_id" row,
            ((Sql.instant "ended_at" row - Sql.instant "started_at" row).TotalSeconds, Sql.int "epochs" row))
    |> List.groupBy fst
    |> List.map (fun (configuration, spans) ->
        let seconds, epochs = spans |> List.map snd |> List.unzip
        configuration, max 0. (List.sum seconds) / float (List.sum epochs))
    |> Map.ofList
