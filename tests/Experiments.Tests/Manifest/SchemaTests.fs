module Orchestrator.Experiments.Tests.Manifest.SchemaTests

open System.IO
open System.Runtime.CompilerServices
open System.Text.Json
open Xunit
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Tests

[<Fact>]
let ``every section of a manifest stands in the schema`` () =
    use document = JsonDocument.Parse(Schema.print SampleRules.rules)
    let properties = document.RootElement.GetProperty "properties"

    for section in SweepDecoder.sections do
        Assert.True(properties.TryGetProperty section |> fst, section)

[<Fact>]
let ``every parameter has its bounds and choices in the schema`` () =
    use document = JsonDocument.Parse(Schema.print SampleRules.rules)
    let definitions = document.RootElement.GetProperty "$defs"
    let latent = definitions.GetProperty "value_latent"
    Assert.Equal(1, latent.GetProperty("minimum").GetInt32())
    Assert.Equal(4096, latent.GetProperty("maximum").GetInt32())
    Assert.Equal(0, (definitions.GetProperty "value_learning_rate").GetProperty("exclusiveMinimum").GetInt32())
    Assert.Equal(3, (definitions.GetProperty "value_dataset").GetProperty("enum").GetArrayLength())

    for definition in SampleRules.definitions do
        Assert.True(definitions.TryGetProperty $"value_{definition.Name}" |> fst, definition.Name)
