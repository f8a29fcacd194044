module Orchestrator.Experiments.Tests.Report.NumbersTests

open System
open System.Globalization
open Orchestrator.Experiments.Report
open Xunit

[<Theory>]
[<InlineData(-98.3142, 0.4211, "−98.31 ± 0.42")>]
[<InlineData(-98.3142, 12.3, "−98 ± 12")>]
[<InlineData(0.0123456, 0.00098, "0.01235 ± 0.00098")>]
[<InlineData(5.0, 0.0, "5")>]
let ``the interval decides the digits of a mean`` (mean: float, half: float, text: string) =
    Assert.Equal(text, Numbers.withUncertainty mean (Some half))

[<Theory>]
[<InlineData(85.7312, "85.73")>]
[<InlineData(-0.00001234, "−1.234e−5")>]
[<InlineData(12345.6, "12346")>]
[<InlineData(16.0, "16")>]
[<InlineData(0.0, "0")>]
let ``a figure alone has four digits, a whole one none behind the point`` (value: float, text: string) =
    Assert.Equal(text, Numbers.plain value)

[<Fact>]
let ``nothing that rounds to zero has a sign`` () =
    Assert.Equal("0.0", Numbers.fixedTo 1 -0.01)

[<Theory>]
[<InlineData(0.0, "0 s")>]
[<InlineData(2.34, "2.3 s")>]
[<InlineData(59.9, "59 s")>]
[<InlineData(192.0, "3 min 12 s")>]
[<InlineData(7260.0, "2 h 1 min")>]
[<InlineData(180000.0, "2 d 2 h")>]
let ``a duration has its two largest units`` (seconds: float, text: string) =
    Assert.Equal(text, Numbers.duration (TimeSpan.FromSeconds seconds))

[<Fact>]
let ``counts have separators and nouns their number`` () =
    Assert.Equal("1 trial", Numbers.trials 1)
    Assert.Equal("12,500 trials", Numbers.trials 12500)

[<Fact>]
let ``a culture with decimal commas changes nothing`` () =
    let before = CultureInfo.CurrentCulture

    let commas = CultureInfo.InvariantCulture.Clone() :?> CultureInfo
    commas.NumberFormat.NumberDecimalSeparator <- ","

    try
        CultureInfo.CurrentCulture <- commas
        Assert.Equal("1.50 ± 0.25", Numbers.withUncertainty 1.5 (Some 0.25))
        Assert.Equal("0.031", Numbers.probability 0.0312)
    finally
        CultureInfo.CurrentCulture <- before
