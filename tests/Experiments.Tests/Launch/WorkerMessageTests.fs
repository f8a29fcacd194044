/// What passes between worker and coordinator.
module Orchestrator.Experiments.Tests.Launch.WorkerMessageTests

open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Launch
open Xunit

[<Fact>]
let ``Every message is one line and comes back as it was`` () =
    for message in
        [
            WorkerMessage.Claimed("id", "latent=2 \"x\"\n seed=3", 1, 10)
            WorkerMessage.Progress(1, 2, 3, None, "training")
            WorkerMessage.Progress(1, 2, 3, Some 0.5, "training")
            WorkerMessage.EpochDone 4
            WorkerMessage.Ended("id", "Failed", 2, Some "an error\nof two lines")
        ] do
        let line = WorkerMessage.write message
        Assert.DoesNotContain("\n", line)
        Assert.Equal(Some message, WorkerMessage.tryRead line)

[<Theory>]
[<InlineData("")>]
[<InlineData("a library's warning")>]
[<InlineData("{\"what\":1}")>]
[<InlineData("{")>]
let ``Anything else that a worker prints is no message`` (line: string) =
    Assert.Equal(None, WorkerMessage.tryRead line)

[<Fact>]
let ``A label shows what is varied and the seed`` () =
    let varied =
        ParameterSet.Empty.With("latent", ParameterValue.Integer 2L).With("beta", ParameterValue.Real 0.5)

    Assert.Equal("beta=0.5 latent=2 seed=7", WorkerMessage.label varied 7UL)
