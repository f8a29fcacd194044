module Orchestrator.Experiments.Tests.Report.LatentArtifactTests

open System
open System.Text
open Orchestrator.Experiments.Report
open Xunit

let private base64 (values: float32 list) =
    values
    |> List.collect (BitConverter.GetBytes >> List.ofArray)
    |> Array.ofList
    |> Convert.ToBase64String

let private json weight =
    $"""{{"latent":2,"shape":[1,1,2],"mean":"identity","layers":[{{"type":"linear","in":2,"out":2,"weight":"{weight}","bias":"{base64 [ 0.5f; -0.5f ]}"}},{{"type":"relu"}}],"checks":[{{"z":[1.0,2.0],"image":"{base64 [ 5.5f; 10.5f ]}"}}]}}"""
    |> Encoding.UTF8.GetBytes

[<Fact>]
let ``a decoder is read with its layers and checks`` () =
    match LatentArtifacts.decoder (json (base64 [ 1.0f; 2.0f; 3.0f; 4.0f ])) with
    | Error reason -> Assert.Fail reason
    | Ok decoder ->
        Assert.Equal(2, decoder.Latent)
        Assert.Equal(2, decoder.Layers.Length)
        Assert.Equal<float list>([ 1.0; 2.0 ], fst decoder.Checks.Head)

[<Fact>]
let ``weights of another size are refused`` () =
    match LatentArtifacts.decoder (json (base64 [ 1.0f; 2.0f; 3.0f ])) with
    | Error reason -> Assert.Contains("4 numbers", reason)
    | Ok _ -> Assert.Fail "three numbers are no matrix of two by two"

[<Theory>]
[<InlineData("not json")>]
[<InlineData("{}")>]
[<InlineData("[]")>]
[<InlineData("""{"latent":"two"}""")>]
[<InlineData("""{"latent":2,"shape":[1,28],"layers":[],"mean":"sigmoid","checks":[]}""")>]
[<InlineData("""{"latent":2,"shape":[1,1,2],"layers":[],"mean":"</script>","checks":[]}""")>]
[<InlineData("""{"latent":2,"shape":[1,1,2],"layers":[{"type":"conv"}],"mean":"sigmoid","checks":[]}""")>]
[<InlineData("""{"latent":2,"shape":[1,1,1],"layers":[{"type":"linear","in":2,"out":1,"weight":"*","bias":"AAAAAA=="}],"mean":"sigmoid","checks":[]}""")>]
let ``a file of another form is refused with a reason`` (text: string) =
    match LatentArtifacts.decoder (Encoding.UTF8.GetBytes text) with
    | Error reason -> Assert.NotEqual<string>("", reason)
    | Ok _ -> Assert.Fail "it is no decoder"

[<Fact>]
let ``points are read with the projections that they have`` () =
    let text =
        """{"points":[{"index":3,"label":7,"pca":[0.5,-1.5]},{"index":4,"label":1,"pca":[1,2],"tsne":[3,4]}]}"""

    match LatentArtifacts.points (Encoding.UTF8.GetBytes text) with
    | Error reason -> Assert.Fail reason
    | Ok points ->
        Assert.Equal<int list>([ 7; 1 ], points |> List.map _.Label)
        Assert.Equal<int list>([ 1; 2 ], points |> List.map _.Coordinates.Count)
