module Orchestrator.Experiments.Tests.Manifest.ScalarsTests

open System
open Xunit
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Manifest

let private node text = {
    Span = { Line = 1; Column = 1; Length = 1 }
    Content = Content.Scalar(text, true)
}

let private quoted text = {
    node text with
        Content = Content.Scalar(text, false)
}

[<Theory>]
[<InlineData("1e-3", 1e-3)>]
[<InlineData("1.0e-3", 1e-3)>]
[<InlineData("1E3", 1000.0)>]
[<InlineData(".5", 0.5)>]
[<InlineData("4.", 4.0)>]
[<InlineData("+4", 4.0)>]
[<InlineData("-0.25", -0.25)>]
[<InlineData("0x10", 16.0)>]
[<InlineData("0o17", 15.0)>]
let ``numbers follow the core schema of YAML 1.2`` (text: string) (value: float) =
    Assert.Equal(Some value, (Scalars.real (node text)).Value)

[<Theory>]
[<InlineData("010")>]
[<InlineData("1_000")>]
[<InlineData("0,5")>]
[<InlineData(".inf")>]
[<InlineData("-.INF")>]
[<InlineData(".nan")>]
[<InlineData("1e999")>]
[<InlineData("0b11")>]
[<InlineData("60:30")>]
[<InlineData("١٢")>]
[<InlineData("")>]
let ``what only looks like a number is refused`` text =
    Assert.Equal(None, (Scalars.real (node text)).Value)

[<Fact>]
let ``a quoted number is text`` () =
    Assert.Equal(None, (Scalars.real (quoted "4")).Value)
    Assert.Equal(Some "4", (Scalars.text (quoted "4")).Value)

[<Theory>]
[<InlineData("yes")>]
[<InlineData("no")>]
[<InlineData("on")>]
[<InlineData("1")>]
let ``only true and false are flags`` text =
    Assert.Equal(None, (Scalars.flag (node text)).Value)

[<Fact>]
let ``a seed may use all of 64 bits and no more`` () =
    Assert.Equal(Some UInt64.MaxValue, (Scalars.uint64 (node "18446744073709551615")).Value)
    Assert.Equal(None, (Scalars.uint64 (node "18446744073709551616")).Value)

[<Theory>]
[<InlineData(4.0, "4")>]
[<InlineData(0.5, "0.5")>]
[<InlineData(1e-5, "1e-5")>]
[<InlineData(1.5e300, "1.5e300")>]
[<InlineData(-0.1, "-0.1")>]
let ``numbers are printed as people write them`` (value: float) text = Assert.Equal(text, Numerals.real value)

[<Theory>]
[<InlineData("latent", "latnet", 1)>]
[<InlineData("beta", "bta", 1)>]
[<InlineData("depth", "depth", 0)>]
[<InlineData("", "abc", 3)>]
[<InlineData("ca", "abc", 3)>]
let ``a swap of neighbours is one mistake`` left right changes =
    Assert.Equal(changes, Spelling.distance left right)
    Assert.Equal(changes, Spelling.distance right left)

[<Fact>]
let ``a word unlike all others has no nearest name`` () =
    Assert.Equal(None, Spelling.nearest [ "latent"; "beta" ] "optimizer")
    Assert.Equal(Some "fashion-mnist", Spelling.nearest [ "mnist"; "fashion-mnist" ] "FashionMNIST")
