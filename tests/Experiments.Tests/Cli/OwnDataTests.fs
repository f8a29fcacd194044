/// The user's own data in a manifest, from its text to the trials' ids.
module Orchestrator.Experiments.Tests.Cli.OwnDataTests

open System
open System.IO
open Orchestrator.Core.Data
open Orchestrator.Experiments.Cli
open Orchestrator.Experiments.Domain
open Xunit

let private inFolder work =
    let folder = Directory.CreateTempSubdirectory "own-data"

    try
        work folder.FullName
    finally
        folder.Delete true

let private picture (folder: string) (name: string) (shape: ImageShape) shade =
    let file = Path.Combine(folder, name)

    Path.GetDirectoryName file
    |> Option.ofObj
    |> Option.iter (Directory.CreateDirectory >> ignore)

    File.WriteAllBytes(file, PngWriter.Encode(Picture(shape, ReadOnlyMemory(Array.create shape.Pixels (byte shade)))))

let private pictures folder =
    for index in 0..29 do
        picture folder $"""{(if index % 2 = 0 then "cat" else "dog")}/{index}.png""" (ImageShape(3, 10, 8)) (index * 8)

let private plan (folder: string) (dataset: string) model =
    let file = Path.Combine(folder, "own.yaml")

    File.WriteAllText(
        file,
        $"version: 1\nsweep: own\ndataset: {{{dataset}, validation: 4}}\nmodel: {{{model}}}\ntraining: {{batch_size: 8}}\nepochs: [1]\n"
    )

    ManifestPlan.ofFile (Bridge.rules None) file |> Result.map fst

let private trials planned =
    match planned with
    | Ok plan -> plan.Trials
    | Error refusal -> invalidOp refusal.Text

[<Fact>]
let ``a folder of pictures is planned, and where it lies is no part of a trial's identity`` () =
    inFolder (fun first ->
        inFolder (fun second ->
            pictures first
            pictures second

            let here = plan first $"name: folder, path: {first}" "width: 8" |> trials
            let there = plan second $"name: folder, path: {second}" "width: 8" |> trials
            Assert.Equal(here.Head.Id, there.Head.Id)
            Assert.Equal(second, string (there.Head.Parameters.Find "path"))

            picture second "dog/more.png" (ImageShape(3, 10, 8)) 7
            let changed = plan second $"name: folder, path: {second}" "width: 8" |> trials
            Assert.NotEqual<string>(here.Head.Id, changed.Head.Id)))

[<Fact>]
let ``what is wrong with own data is told at the line of its path`` () =
    inFolder (fun folder ->
        pictures folder
        picture folder "cat/grey.png" (ImageShape(1, 10, 8)) 9

        match plan folder $"name: folder, path: {folder}" "width: 8" with
        | Ok _ -> Assert.Fail "mixed pictures were planned"
        | Error refusal ->
            Assert.Contains("own.yaml:3:", refusal.Problems.Head.Where)
            Assert.Contains("1x10x8 (channels x height x width)", refusal.Text)
            Assert.Contains("make all of them grey or all of them RGB", refusal.Text))

[<Fact>]
let ``a path that is not there, or that another data set would need, is a problem`` () =
    inFolder (fun folder ->
        match
            plan folder "name: npz, path: nowhere.npz" "width: 8", plan folder "name: shapes, path: here" "width: 8"
        with
        | Error missing, Error idle ->
            Assert.Contains("nowhere.npz", missing.Text)
            Assert.Contains("path has no effect", idle.Text)
        | other -> Assert.Fail $"%A{other}")

[<Fact>]
let ``the convolutional encoder says which pictures it does not take`` () =
    inFolder (fun folder ->
        pictures folder

        match plan folder $"name: folder, path: {folder}" "encoder: conv" with
        | Ok _ -> Assert.Fail "oblong pictures were planned"
        | Error refusal -> Assert.Contains("takes square images; these are 3x10x8", refusal.Text))

[<Fact>]
let ``data verifies own pictures`` () =
    inFolder (fun folder ->
        pictures folder

        let code, lines =
            CapturedConsole.write 100 (fun console ->
                DataCommand.run
                    console
                    {
                        Dataset = Some "folder"
                        Path = Some folder
                        Folder = None
                        Json = false
                    }
                    Threading.CancellationToken.None)

        Assert.Equal(0, code)
        Assert.Contains(lines, fun line -> line.Contains "each 3x10x8"))
