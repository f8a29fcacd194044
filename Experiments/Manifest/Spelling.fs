namespace Orchestrator.Experiments.Manifest

/// Nearest known names of misspelt ones.
[<RequireQualifiedAccess>]
module Spelling =

    /// The Damerau-Levenshtein distance in its optimal string alignment form: insertions, deletions,
    /// substitutions and swaps of neighbours that turn one word into the other.
    let distance (left: string) (right: string) =
        let table =
            Array2D.init (left.Length + 1) (right.Length + 1) (fun i j ->
                if i = 0 then j
                elif j = 0 then i
                else 0)

        for i in 1 .. left.Length do
            for j in 1 .. right.Length do
                let change = if left[i - 1] = right[j - 1] then 0 else 1

                let least =
                    min (min (table[i - 1, j] + 1) (table[i, j - 1] + 1)) (table[i - 1, j - 1] + change)

                let swapped =
                    i > 1 && j > 1 && left[i - 1] = right[j - 2] && left[i - 2] = right[j - 1]

                table[i, j] <-
                    if swapped then
                        min least (table[i - 2, j - 2] + 1)
                    else
                        least

        table[left.Length, right.Length]

    // Longer words than any name are not misspelt names, and the table grows with their length.
    let private longest = 64

    let private fold (word: string) =
        word.ToLowerInvariant().Replace('-', '_').Replace(' ', '_')

    /// The nearest of the known names, when it is near enough to be meant.
    let nearest known (word: string) =
        if word.Length > longest || Seq.isEmpty known then
            None
        else
            let name, changes =
                known
                |> Seq.map (fun (name: string) -> name, distance (fold word) (fold name))
                |> Seq.minBy snd

            if changes <= max 1 (min word.Length name.Length / 3) then
                Some name
            else
                None

    /// What to do about a misspelt name: the nearest one, else all of them.
    let remedy known word =
        match nearest known word with
        | Some name -> $"Did you mean '{name}'?"
        | None -> $"""Known here: {String.concat ", " known}."""
