module Orchestrator.Experiments.Tests.Report.LatentArtifactTests

open System
open System.Text
open Orchestrator.Experiments.Report
open Xunit

let private bytes (text: string) = Encoding.UTF8.GetBytes text

let private short count =
    Convert.ToBase64String(Array.create (3 * count) 1uy)

let private range = """"prior":"normal","centre":[0,0],"reach":[3,3]"""

/// A decoder of a code of two dimensions to two pixels, through these layers.
let private json layers =
    let image = Convert.ToBase64String(Array.zeroCreate<byte> 8)

    $"""{{"version":2,"latent":2,"classes":0,"shape":[1,1,2],{range},"mean":"identity","layers":[{layers}],"checks":[{{"z":[1.0,2.0],"class":0,"image":"{image}"}}]}}"""
    |> bytes

let private linear into out weights =
    $"""{{"type":"linear","in":{into},"out":{out},"weight":"{short weights}","bias":"{short out}"}}"""

[<Fact>]
let ``a decoder is read with its layers and checks`` () =
    match DecoderArtifact.decoder (json (linear 2 2 4 + """,""" + """{"type":"relu"}""")) with
    | Error reason -> Assert.Fail reason
    | Ok decoder ->
        Assert.Equal(2, decoder.Latent)
        Assert.Equal(2, decoder.Layers.Length)
        Assert.Equal<float list>([ 1.0; 2.0 ], decoder.Checks.Head.Code)

[<Fact>]
let ``a convolution's sizes are followed to the image`` () =
    // 2 numbers to 4 of 1x1, doubled to 2x2 by a transposed convolution, cut to 1 row by nothing that exists: refused.
    let transposed =
        $"""{{"type":"conv-transpose","in":4,"out":1,"kernel":3,"stride":2,"padding":1,"outputPadding":1,"weight":"{short 36}","bias":"{short 1}"}}"""

    let unflatten = """{"type":"unflatten","channels":4,"height":1,"width":1}"""
    let layers = String.Join(",", [ linear 2 4 8; unflatten; transposed ])

    match DecoderArtifact.decoder (json layers) with
    | Error reason -> Assert.Contains("does not end in an image of its shape", reason)
    | Ok _ -> Assert.Fail "2x2 pixels are no image of 1x2"

[<Fact>]
let ``weights of another size are refused`` () =
    match DecoderArtifact.decoder (json (linear 2 2 3)) with
    | Error reason -> Assert.Contains("4 numbers", reason)
    | Ok _ -> Assert.Fail "three numbers are no matrix of two by two"

[<Theory>]
[<InlineData("not json")>]
[<InlineData("{}")>]
[<InlineData("[]")>]
[<InlineData("""{"latent":"two"}""")>]
[<InlineData("""{"version":1,"latent":2,"shape":[1,28,28],"layers":[],"mean":"sigmoid","checks":[]}""")>]
[<InlineData("""{"version":2,"latent":2,"classes":0,"shape":[1,28],"layers":[],"mean":"sigmoid","checks":[],"prior":"normal","centre":[0,0],"reach":[3,3]}""")>]
[<InlineData("""{"version":2,"latent":2,"classes":0,"shape":[1,1,2],"layers":[],"mean":"</script>","checks":[],"prior":"normal","centre":[0,0],"reach":[3,3]}""")>]
[<InlineData("""{"version":2,"latent":2,"classes":0,"shape":[1,1,2],"layers":[],"mean":"sigmoid","checks":[],"prior":"</script>","centre":[0,0],"reach":[3,3]}""")>]
[<InlineData("""{"version":2,"latent":2,"classes":0,"shape":[1,1,2],"layers":[{"type":"attention"}],"mean":"sigmoid","checks":[],"prior":"normal","centre":[0,0],"reach":[3,3]}""")>]
[<InlineData("""{"version":2,"latent":2,"classes":0,"shape":[1,1,1],"layers":[{"type":"linear","in":2,"out":1,"weight":"*","bias":"AAAA"}],"mean":"sigmoid","checks":[],"prior":"normal","centre":[0,0],"reach":[3,3]}""")>]
let ``a file of another form is refused with a reason`` (text: string) =
    match DecoderArtifact.decoder (bytes text) with
    | Error reason -> Assert.NotEqual<string>("", reason)
    | Ok _ -> Assert.Fail "it is no decoder"

[<Fact>]
let ``points are read with the projections that they have`` () =
    let text =
        """{"version":1,"latent":8,"indices":[3,4],"labels":[7,1],"pca":[[0.5,-1.5],[1,2]],"tsne":null,"codes":null}"""

    match LatentArtifacts.points (bytes text) with
    | Error reason -> Assert.Fail reason
    | Ok points ->
        Assert.Equal<int list>([ 7; 1 ], points.Labels)
        Assert.Equal<(string * float list) list>([ "pca", [ 0.5; -1.5; 1.0; 2.0 ] ], points.Projections)
        Assert.True points.Tiles.IsNone

[<Fact>]
let ``points and labels of different numbers are refused`` () =
    match LatentArtifacts.points (bytes """{"indices":[3,4],"labels":[7],"pca":[[0.5,-1.5],[1,2]]}""") with
    | Error reason -> Assert.Contains("1 labels to 2 points", reason)
    | Ok _ -> Assert.Fail "a label is missing"

[<Fact>]
let ``sprites that are no image are refused`` () =
    let text =
        $"""{{"latent":2,"classes":0,"shape":[1,8,8],{range},"dimensions":[0,1],"steps":5,"png":"AAAA"}}"""

    match LatentArtifacts.sprites (bytes text) with
    | Error reason -> Assert.Contains("no PNG image", reason)
    | Ok _ -> Assert.Fail "three zeros are no PNG"
