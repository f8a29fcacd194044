namespace Orchestrator.Experiments.Cli

open System
open System.IO
open System.Text.Encodings.Web
open System.Text.Json
open System.Text.Json.Serialization

/// What `--json` prints.
[<RequireQualifiedAccess>]
module Json =

    let private options =
        let options =
            JsonSerializerOptions(
                WriteIndented = true,
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                // The text goes to a terminal or a file, never into a page.
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
            )

        options.Converters.Add(JsonFSharpConverter())
        options

    /// Writes a value with keys in snake case; None is null.
    let print (output: TextWriter) (value: 'T) =
        output.WriteLine(JsonSerializer.Serialize(value, options))

    /// Does some work whose words go to the error output where JSON alone is to stand on the output.
    let aside json (work: unit -> 'T) : 'T =
        if json then
            let output = Console.Out

            try
                Console.SetOut Console.Error
                work ()
            finally
                Console.SetOut output
        else
            work ()

    /// JSON text as a part of what is printed.
    let raw (text: string) =
        JsonDocument.Parse(text).RootElement.Clone()
