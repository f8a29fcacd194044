module Orchestrator.Experiments.Tests.Report.EstimateRowsTests

open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Report
open Orchestrator.Experiments.Tests.Report.SomeSweep
open Xunit

[<Fact>]
let ``an estimate stands beside what was taken`` () =
    let results = fst (make usual)

    let estimate = {
        Id = 1L
        Sweep = results.Sweep.Name
        Coordinator = "c"
        MadeAt = results.Sweep.CreatedAt
        Workers = 2
        Threads = 1
        Device = "cpu"
        Trials = 9
        Epochs = 27
        Seconds = 60.0
        MemoryBytes = 1073741824L
        DiskBytes = 1048576L
        Source = "a probe"
        ProcessorSeconds = None
        Fact =
            Some {
                EndedAt = results.Sweep.UpdatedAt
                Seconds = 90.0
                MemoryBytes = 536870912L
                DiskBytes = 2097152L
                EpochsTrained = 27
                Finished = true
                ProcessorSeconds = None
            }
    }

    let row =
        EstimateRows.build {
            results with
                Estimates = [ estimate ]
        }
        |> Array.exactlyOne

    Assert.Equal("1 min 0 s, 1 min 30 s", row.Time)
    Assert.Equal("1.5", row.Ratio)
    Assert.Equal("1024 MiB, 512 MiB", row.Memory)
    Assert.Equal("1.00 MiB, 2.00 MiB", row.Disk)
