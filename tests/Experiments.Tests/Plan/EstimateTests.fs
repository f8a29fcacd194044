module Orchestrator.Experiments.Tests.Plan.EstimateTests

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Plan
open Xunit

let private workload kind (operations: float) : Workload = {
    Key = $"{kind} {operations}"
    Kind = kind
    Reading = kind
    Data = "data"
    Operations = operations
    Parameters = int64 operations
    Images = 100
}

let private cost seconds : Cost = {
    SecondsPerEpoch = seconds
    SecondsPerReading = 1.
    SecondsPerTrial = 2.
    SecondsPerWorker = 0.
    MemoryBytes = 1000L
    GpuBytes = 0L
    DiskBytes = 10L
    CheckpointBytes = 4L
}

let private known points = {
    Calibration.empty with
        Measured = [
            for workload, seconds in points ->
                {
                    Workload = workload
                    Cost = cost seconds
                }
        ]
}

let private secondsPerEpoch calibration workload =
    Calibration.cost calibration workload |> Option.map _.SecondsPerEpoch

let private trial epochs : PlannedTrial = {
    Id = "id"
    ConfigurationId = "configuration"
    Parameters = ParameterSet.Empty
    Varied = ParameterSet.Empty
    Seed = 1UL
    Epochs = epochs
    DataFingerprint = "data"
}

let private priced epochs finished seconds : PricedTrial = {
    Trial = trial epochs
    EpochsDone = finished
    Cost = cost seconds
}

[<Fact>]
let ``What was measured costs what was measured`` () =
    let calibration = known [ workload "a" 10., 5. ]
    Assert.Equal(Some 5., secondsPerEpoch calibration (workload "a" 10.))

[<Fact>]
let ``What lies between two of its kind costs what lies between theirs`` () =
    let calibration =
        known [ workload "a" 10., 5.; workload "a" 30., 15.; workload "b" 20., 99. ]

    Assert.Equal(Some 10., secondsPerEpoch calibration (workload "a" 20.))

[<Fact>]
let ``More work than any measured costs proportionally more, less work not less`` () =
    let calibration = known [ workload "a" 10., 5.; workload "a" 20., 6. ]
    Assert.Equal(Some 12., secondsPerEpoch calibration (workload "a" 40.))
    Assert.Equal(Some 5., secondsPerEpoch calibration (workload "a" 1.))

[<Fact>]
let ``Without a measurement there is no cost`` () =
    Assert.Equal(None, Calibration.cost Calibration.empty (workload "a" 1.))

[<Fact>]
let ``A trial costs its beginning and end, its epochs and its readings`` () =
    Assert.Equal(2. + 10. * 3. + 2. * 1., Estimate.trialSeconds (priced [ 5; 10 ] 0 3.))

[<Fact>]
let ``Of a trial that was begun only what is left costs`` () =
    Assert.Equal(2. + 4. * 3. + 1., Estimate.trialSeconds (priced [ 5; 10 ] 6 3.))

[<Fact>]
let ``Workers share the trials, and a long one at the end is waited for`` () =
    // 13 s, 13 s and 103 s.
    let trials = [ priced [ 10 ] 0 1.; priced [ 10 ] 0 1.; priced [ 10 ] 0 10. ]

    let seconds workers =
        (Estimate.withWorkers Calibration.empty trials workers).Seconds

    Assert.Equal(129., seconds 1)
    Assert.Equal(116., seconds 2)
    Assert.Equal(103., seconds 3)
    Assert.Equal(103., seconds 64)

[<Fact>]
let ``Workers that slow each other down take longer each`` () =
    let calibration = {
        Calibration.empty with
            Crowded = Some(3, 1.5)
    }

    Assert.Equal(1., Calibration.slowdown calibration 1)
    Assert.Equal(1.25, Calibration.slowdown calibration 2)
    Assert.Equal(1.5, Calibration.slowdown calibration 3)

    let beginning = {
        priced [ 10 ] 0 1. with
            Cost = { cost 1. with SecondsPerWorker = 2. }
    }

    let two = Estimate.withWorkers calibration [ beginning; beginning ] 2
    Assert.Equal(1.25 * (2. + 13.), two.Seconds)
    Assert.Equal(2. * 1.25 * (2. + 13.), two.WorkSeconds)
    // One worker begins once for both.
    Assert.Equal(2. + 2. * 13., (Estimate.withWorkers calibration [ beginning; beginning ] 1).Seconds)

[<Fact>]
let ``A busy moment is no part of what hours of training take`` () =
    let calibration = {
        Calibration.empty with
            Shares = [ 1, 0.01 ]
    }

    Assert.Equal(13., (Estimate.withWorkers calibration [ priced [ 10 ] 0 1. ] 1).Seconds)

[<Fact>]
let ``Where the training alone was watched, the rest is that of models whose readings are alike`` () =
    let calibration = known [ workload "a" 10., 5.; workload "b" 10., 5. ]

    let point = {
        calibration.Measured.Head with
            Cost = { cost 5. with SecondsPerReading = 3. }
    }

    let calibration = {
        calibration with
            Measured = [ point ]
    }

    match Calibration.withPace calibration (workload "a" 5.) 0.5 with
    | Some found ->
        Assert.Equal(0.5, found.SecondsPerEpoch)
        Assert.Equal(3., found.SecondsPerReading)
        Assert.Equal(2., found.SecondsPerTrial)
    | None -> Assert.Fail "nothing was found"

    Assert.Equal(None, Calibration.withPace calibration (workload "c" 5.) 0.5)

[<Fact>]
let ``Trials still to be proposed take what the known ones take on average`` () =
    let known = [ priced [ 10 ] 4 1.; priced [ 10 ] 10 3. ]
    let toCome = Estimate.toCome 3 known
    Assert.Equal(3, toCome.Length)
    Assert.All(toCome, fun trial -> Assert.Equal(2. + 10. * 2. + 1., Estimate.trialSeconds trial))
    Assert.Empty(Estimate.toCome 3 [])

[<Fact>]
let ``A trial keeps a second checkpoint when it has written two`` () =
    Assert.Equal(10L, Estimate.diskBytes [ priced [ 1 ] 0 1. ])
    Assert.Equal(14L, Estimate.diskBytes [ priced [ 1; 2 ] 0 1. ])
    // Half a minute of training is a checkpoint as well.
    Assert.Equal(14L, Estimate.diskBytes [ priced [ 40 ] 0 1. ])

[<Fact>]
let ``With a pruner or patience an estimate is the most that trials take`` () =
    let plain = trial [ 10 ]

    let patient = {
        plain with
            Parameters = ParameterSet.Empty.With("patience", ParameterValue.Integer 3L)
    }

    let median = Pruner.Median(1, 5, 1)
    Assert.False(Estimate.isUpperBound Pruner.Off [ plain ])
    Assert.True(Estimate.isUpperBound Pruner.Off [ plain; patient ])
    Assert.True(Estimate.isUpperBound median [ plain ])

[<Fact>]
let ``Memory is that of the trials that need most, as many as work at once`` () =
    let needing bytes = {
        priced [ 1 ] 0 1. with
            Cost = { cost 1. with MemoryBytes = bytes }
    }

    let trials = [ needing 1L; needing 5L; needing 3L ]
    Assert.Equal(8L, (Estimate.withWorkers Calibration.empty trials 2).MemoryBytes)
    Assert.Equal(9L, (Estimate.withWorkers Calibration.empty trials 8).MemoryBytes)

[<Fact>]
let ``Nothing to do takes no time`` () =
    Assert.Equal(0., (Estimate.withWorkers Calibration.empty [] 2).Seconds)

[<Fact>]
let ``The fewest workers are taken that are as fast as any`` () =
    let trials = [ for _ in 1..4 -> priced [ 10 ] 0 1. ]

    let choose calibration free =
        (WorkerChoice.choose calibration trials 4 free).Workers

    Assert.Equal(4, choose Calibration.empty None)
    // Three workers need two turns, as two do.
    Assert.Equal(2, (WorkerChoice.choose Calibration.empty trials 3 None).Workers)
    // Beside three others each is four times slower.
    Assert.Equal(
        1,
        choose
            {
                Calibration.empty with
                    Crowded = Some(4, 4.)
            }
            None
    )

[<Fact>]
let ``No more workers are taken than memory holds, and never none`` () =
    let trials = [ for _ in 1..4 -> priced [ 10 ] 0 1. ]

    let choose free =
        (WorkerChoice.choose Calibration.empty trials 4 (Some free)).Workers

    Assert.Equal(2, choose 2500L)
    Assert.Equal(1, choose 10L)

[<Fact>]
let ``Of each kind the heaviest and the lightest are measured first, and nothing twice`` () =
    let workloads =
        [ for size in 1..9 -> workload "a" (float size) ] @ [ workload "b" 4. ]

    let chosen =
        ProbeChoice.choose (Set.ofList [ "a 1" ]) (workloads @ workloads)
        |> List.map _.Key

    Assert.Equal<string list>([ "a 9"; "b 4"; "a 5"; "a 3"; "a 7" ], chosen)

[<Fact>]
let ``Threads are several only where trials leave cores free and measuring shows it worth it`` () =
    Assert.Equal(8, ThreadChoice.alternative 8 1)
    Assert.Equal(2, ThreadChoice.alternative 8 3)
    Assert.Equal(1, ThreadChoice.alternative 8 8)
    Assert.Equal(1, ThreadChoice.alternative 8 0)
    Assert.Equal(8, ThreadChoice.choose 8 (Some 3.))
    Assert.Equal(1, ThreadChoice.choose 8 (Some 1.1))
    Assert.Equal(1, ThreadChoice.choose 8 None)
