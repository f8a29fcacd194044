module Orchestrator.Experiments.Tests.Scripting.TypeSafetyTests

open Xunit

let private fits = [
    "let a = vary Param.latent [ 2; 8 ]"
    "let b = sweep \"b\" { dataset FashionMnist; fix Param.encoder Conv; lockstep { vary Param.beta [ 0.5 ] }; seeds 5 }"
    // F# widens the literal, as the manifest's decoder does.
    "let w = vary Param.beta [ 4 ]"
    "let c = given Param.family Vae { vary Param.depth [ 2 .. 4 ] }"
]

let private misfits = [
    "text for a whole number", "vary Param.latent [ \"2\" ]", "'int'"
    "a real for a whole number", "vary Param.latent [ 2.5 ]", "'int'"
    "a real as text", "vary Param.beta [ \"4\" ]", "'float'"
    "a misspelt choice", "fix Param.encoder Convv", "'Convv' is not defined"
    "the choice of another parameter", "fix Param.encoder Bernoulli", "'Encoder'"
    "text for a choice", "fix Param.family \"vae\"", "'Family'"
    "a misspelt parameter", "vary Param.latnt [ 2 ]", "'latnt' is not defined"
    "one value where several belong", "vary Param.latent 2", "'int seq'"
    "a setting among assignments", "lockstep { seeds 5 }", "'Assignment'"
    "a number between the lines", "sweep \"x\" { 5 }", "No overloads match for method 'Yield'"
]

[<Fact>]
let ``values that fit compile, and what does not fit is refused by the compiler with the reason`` () =
    let complaints =
        InteractiveSession.complaints (fits @ List.map (fun (_, snippet, _) -> snippet) misfits)

    for complaint in List.take fits.Length complaints do
        Assert.Equal("", complaint)

    for (what, _, reason), complaint in List.zip misfits (List.skip fits.Length complaints) do
        Assert.True(complaint.Contains "error FS" && complaint.Contains reason, $"{what}: {complaint}")
