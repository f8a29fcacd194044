module Orchestrator.Experiments.Tests.Launch.ProbeTests

open System
open System.IO
open System.Collections.Immutable
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Plan
open Xunit

let private timeline: TrainingWatch.Timeline = {
    // Two batches warm up, then each takes a tenth of a second.
    Batches =
        [ (1, 2.); (2, 3.) ]
        @ [ for batch in 3..12 -> batch, 3. + 0.1 * float (batch - 2) ]
    BatchesOfEpoch = 100
    TrainingEnded = 4.
    ReadingBegan = 4.5
    EpochEnded = 5.5
    Ended = 7.5
}

let private close (expected: float) (actual: float) = Assert.Equal(expected, actual, 9)

[<Fact>]
let ``An epoch costs its batches at the pace of the later ones, and its validation`` () =
    close (100. * 0.1 + 0.5) (TrainingWatch.spent timeline).PerEpoch

[<Fact>]
let ``A reading and what comes before and after the epochs are told apart`` () =
    let spent = TrainingWatch.spent timeline
    close 1. spent.PerReading
    close (2. - 0.1 + 2.) spent.PerTrial

[<Fact>]
let ``A single batch is all there is to go by`` () =
    let spent = TrainingWatch.spent { timeline with Batches = [ 1, 2. ] }
    close (100. * 2. + 0.5) spent.PerEpoch

// Reports as the trainer does, and writes a checkpoint and weights.
let private train (trial: TrialSpecification) (environment: TrialEnvironment) (observer: ITrialObserver) _ =
    match trial.Parameters.Find "latent" with
    | :? ParameterValue.Integer as latent when latent.Value < 0L ->
        TrialOutcome(Outcome = AttemptOutcome.Failed, EpochsDone = 0, Error = "no such size")
    | _ ->
        for batch in 1..5 do
            observer.Progress(TrialProgress(1, batch, 50, Nullable(), "training"))

        observer.Progress(TrialProgress(1, 50, 50, Nullable(), "validating"))
        observer.Progress(TrialProgress(1, 50, 50, Nullable(), "evaluating"))
        observer.EpochCompleted(1, ImmutableArray.Empty) |> ignore

        let checkpoints =
            Directory.CreateDirectory(Path.Combine(environment.Folder, "checkpoints"))

        File.WriteAllBytes(Path.Combine(checkpoints.FullName, "1"), Array.zeroCreate 1000)
        File.WriteAllBytes(Path.Combine(environment.Folder, "weights"), Array.zeroCreate 10)
        TrialOutcome(Outcome = AttemptOutcome.Completed, EpochsDone = 1)

let private request latents : ProbeRequest = {
    Trainings = [
        for latent, whole in latents ->
            {
                Parameters = $"{{\"latent\":{latent}}}"
                Data = "data"
                Whole = whole
            }
    ]
    Device = "cpu"
    Threads = 1
    DataFolder = None
    TrainSeconds = 0.1
    CapSeconds = 60.
    Together = false
}

let private answers request =
    use input = new StringReader(ProbeMessage.write<ProbeRequest> request)
    use output = new StringWriter()

    Probe.run
        {
            Train = train
            GpuMemory = fun _ -> None
        }
        input
        output

    output.ToString().Split '\n'
    |> List.ofArray
    |> List.choose ProbeMessage.tryRead<ProbeAnswer>

[<Fact>]
let ``A probe says what each training cost or why it could not be`` () =
    match answers (request [ 2, true; -1, true; 8, false ]) with
    | [ ProbeAnswer.Measured(0, first); ProbeAnswer.Failed(1, error); ProbeAnswer.Paced(2, _) ] ->
        Assert.Equal(1010L, first.DiskBytes)
        Assert.Equal(1000L, first.CheckpointBytes)
        Assert.True(first.MemoryBytes > 0L)
        Assert.True(first.SecondsPerWorker > 0.)
        Assert.Contains("no such size", error)
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``Of a model whose readings are known only the training is begun`` () =
    let mutable read = 0

    let counting trial environment (observer: ITrialObserver) stop =
        let outcome = train trial environment observer stop
        read <- read + 1
        outcome

    use input =
        new StringReader(ProbeMessage.write<ProbeRequest>(request [ 2, false; 4, false ]))

    use output = new StringWriter()

    Probe.run
        {
            Train = counting
            GpuMemory = fun _ -> None
        }
        input
        output

    Assert.Equal(0, read)
    Assert.Contains("Paced", output.ToString())

[<Fact>]
let ``Probes that measure together say when they are warm, and wait`` () =
    let together = {
        request [ 2, false ] with
            Together = true
    }

    match answers together with
    | [ ProbeAnswer.Ready; ProbeAnswer.Paced(0, _) ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``What children used of the processor is read from the kernel's line`` () =
    let line =
        "42 (a (strange) name) S 1 42 42 0 -1 4194560 1 2 3 4 50 60 150 75 20 0 1 0 100"

    Assert.Equal(Some 2.25, ChildrenTime.parse line)
    Assert.Equal(None, ChildrenTime.parse "")

[<Fact>]
let ``No measurement is begun after the time that it was given, but for the first`` () =
    match
        answers {
            request [ 2, true; 4, true; 8, true ] with
                CapSeconds = 0.
        }
    with
    | [ ProbeAnswer.Measured(0, _) ] -> ()
    | other -> Assert.Fail $"%A{other}"

[<Fact>]
let ``A calibration is kept in its file, and a damaged file is none`` () =
    let folder = Directory.CreateTempSubdirectory "orchestrator-probes-"

    try
        let path = Path.Combine(folder.FullName, "deep", "machine.json")

        let calibration: Calibration = {
            Measured = [
                {
                    Workload = {
                        Key = "key"
                        Kind = "kind"
                        Reading = "reading"
                        Data = "data"
                        Operations = 1.5e6
                        Parameters = 10L
                        Images = 100
                    }
                    Cost = {
                        SecondsPerEpoch = 0.25
                        SecondsPerReading = 1.
                        SecondsPerTrial = 2.
                        SecondsPerWorker = 0.5
                        MemoryBytes = 1L <<< 40
                        GpuBytes = 0L
                        DiskBytes = 3L
                        CheckpointBytes = 1L
                    }
                }
            ]
            Crowded = Some(2, 1.25)
            Threaded = [ "kind", 2, 1.5 ]
            Shares = [ 1, 0.5 ]
        }

        Assert.Equal(Calibration.empty, CalibrationFile.read path)
        Assert.Equal(None, CalibrationFile.write path calibration)
        // What other programs did then says nothing of later.
        Assert.Equal({ calibration with Shares = [] }, CalibrationFile.read path)
        File.WriteAllText(path, File.ReadAllText(path).Substring 20)
        Assert.Equal(Calibration.empty, CalibrationFile.read path)
    finally
        folder.Delete true

[<Fact>]
let ``A busy thread gets a share of a core between nothing and all of it`` () =
    Assert.InRange(CoreShare.measure 1, 0.001, 1.)
