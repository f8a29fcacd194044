namespace Orchestrator.Experiments.Tests.Docs

open System
open System.IO
open System.Text.RegularExpressions

/// The repository's files, as tests of its documents see them.
[<RequireQualifiedAccess>]
module Repository =

    let rec private above (folder: string | null) =
        match folder with
        | null -> invalidOp "the tests do not run inside the repository"
        | folder when File.Exists(Path.Combine(folder, "Orchestrator.sln")) -> folder
        | folder -> above (Path.GetDirectoryName folder)

    let root = above AppContext.BaseDirectory

    let path (relative: string) = Path.Combine(root, relative)

    let read relative = File.ReadAllText(path relative)

    /// The pages that people read, relative to the root.
    let pages =
        [
            "README.md"
            "CONTRIBUTING.md"
            "results/README.md"
            for page in Directory.GetFiles(path "docs", "*.md", SearchOption.AllDirectories) do
                Path.GetRelativePath(root, page)
        ]
        |> List.sortWith (fun first second -> String.CompareOrdinal(first, second))

    /// The fenced blocks of a language in a page.
    let blocks language page =
        Regex.Matches(read page, $"^```{language}\n(.*?)^```", RegexOptions.Singleline ||| RegexOptions.Multiline)
        |> Seq.map _.Groups[1].Value
        |> List.ofSeq
