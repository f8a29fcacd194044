/// Manifests as an attack: bombs, mutations and oversized input end in a message, soon and without memory.
module Orchestrator.Experiments.Tests.Manifest.AttackTests

open System
open System.IO
open Xunit
open Orchestrator.Experiments.Manifest
open Orchestrator.Experiments.Plan
open Orchestrator.Experiments.Tests

let private refused text =
    match Manifest.parse SampleRules.rules "attack.yaml" text with
    | Ok _ -> invalidOp "accepted"
    | Error diagnostics -> Diagnostic.print "attack.yaml" text diagnostics

[<Fact>]
let ``a billion laughs are refused at the first anchor`` () =
    let levels = [
        for level in 1..9 ->
            $"l{level}: &l{level} ["
            + String.Join(",", Array.create 9 $"*l{level - 1}")
            + "]"
    ]

    let text = "l0: &l0 [lol]\n" + String.Join("\n", levels)
    Assert.Contains("anchors", refused text)

[<Theory>]
[<InlineData("[")>]
[<InlineData("{a: ")>]
[<InlineData("- ")>]
[<InlineData("? ")>]
let ``deep nesting is refused`` (opening: string) =
    Assert.NotEqual<string>("", refused (String.replicate 100_000 opening))

[<Fact>]
let ``a manifest of a hundred megabytes is refused by its length`` () =
    Assert.Contains("more than 1000000 characters", refused (String('x', 100_000_000)))

[<Fact>]
let ``a list of a million values is refused by its count`` () =
    Assert.Contains("more than 100000 values", refused ("a: [" + String.replicate 300_000 "1," + "1]"))

[<Fact>]
let ``a number of a hundred thousand digits is refused by its length`` () =
    Assert.Contains(
        "digits is too long",
        refused ("version: 1\nsweep: s\ndataset: shapes\nepochs: " + String('9', 100_000))
    )

[<Fact>]
let ``control characters of a manifest do not reach the terminal`` () =
    Assert.DoesNotContain("\u001b", refused "version: 1\nsweep: \"a\\e[31m\"\ndataset: shapes\nepochs: 1\n")

[<Fact>]
let ``ten thousand problems are cut to a page`` () =
    let text =
        "version: 1\nsweep: s\ndataset: shapes\nepochs: ["
        + String.replicate 9_999 "0,"
        + "0]\n"

    let message = refused text
    Assert.Contains("and 9950 more", message)
    Assert.True(message.Length < 60_000, $"{message.Length} characters")

[<Fact>]
let ``a grid of a million million configurations is refused by counting`` () =
    let axis name =
        $"  {name}: {{range: {{from: 1, to: 10000}}}}\n"

    let text =
        "version: 1\nsweep: s\ndataset: shapes\nparameters:\n"
        + axis "width"
        + axis "batch_size"
        + axis "validation"
        + "epochs: 1\n"

    match Planner.plan SampleRules.rules (SampleRules.parse text) with
    | Ok _ -> Assert.Fail "accepted"
    | Error problems -> Assert.Contains("1,000,000,000,000 trials", (List.head problems).Cause)

let private seeds =
    let folder =
        Path.Combine(Path.GetDirectoryName(typeof<Manifest>.Assembly.Location) |> string, "manifests")

    Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories)
    |> Array.sort
    |> Array.map File.ReadAllText

let private fragments = [|
    "{"
    "}"
    "["
    "]"
    ":"
    ","
    "- "
    "\n"
    "  "
    "\t"
    "#"
    "&a "
    "*a "
    "!!x "
    "|\n"
    ">\n"
    "'"
    "\""
    "%"
    "@"
    "? "
    "---\n"
    "...\n"
    "-1"
    "0"
    "1e309"
    ".nan"
    "99999999999"
    "\u0000"
    "\uFEFF"
    "\r"
    "\u2028"
    "latent"
    "range: {from: 1, to: 1000000000}"
    "when: {"
    "zip: {"
|]

let private mutate (random: Random) (text: string) =
    let edit (text: string) =
        let at = random.Next(text.Length + 1)

        match random.Next 4 with
        | 0 when at < text.Length -> text.Remove(at, min (random.Next(1, 12)) (text.Length - at))
        | 1 -> text.Insert(at, fragments[random.Next fragments.Length])
        | 2 when at < text.Length ->
            text.Insert(random.Next text.Length, text.Substring(at, min (random.Next(1, 40)) (text.Length - at)))
        | _ ->
            text.Substring(0, at)
            + string (char (random.Next(1, 0x250)))
            + text.Substring(min text.Length (at + 1))

    Seq.fold (fun text _ -> edit text) text (seq { 1 .. random.Next(1, 8) })

// More with FUZZ=100000; the seed of a failing one is named.
let private count =
    match Int32.TryParse(Environment.GetEnvironmentVariable "FUZZ") with
    | true, count -> count
    | _ -> 10_000

[<Fact>]
let ``no mutation of a manifest crashes`` () =
    for seed in 1..count do
        let random = Random seed
        let text = mutate random seeds[random.Next seeds.Length]

        try
            match Manifest.parse SampleRules.rules "fuzz.yaml" text with
            | Error diagnostics -> Assert.NotEqual<string>("", Diagnostic.print "fuzz.yaml" text diagnostics)
            | Ok manifest ->
                match Planner.plan SampleRules.rules manifest.Sweep with
                | Ok plan -> Assert.NotEmpty plan.Trials
                | Error problems -> Assert.NotEmpty(Manifest.locate SampleRules.rules manifest problems)
        with error ->
            raise (InvalidOperationException($"seed {seed}:\n{text}", error))
