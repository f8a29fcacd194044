namespace Orchestrator.Experiments.Cli

open System
open System.Globalization
open System.IO
open Argu
open Orchestrator.Core.Catalogue
open Orchestrator.Core.Contracts
open Orchestrator.Core.Data
open Orchestrator.Core.Models
open Orchestrator.Experiments.Domain
open Spectre.Console

[<CliPrefix(CliPrefix.DoubleDash); HelpFlags("--help", "-h")>]
type NewArguments =
    | [<MainCommand; Unique>] Manifest of path: string
    | [<Unique>] Dataset of name: string
    | Set of assignment: string
    | Vary of assignment: string
    | [<Unique>] Seeds of count: int
    | [<Unique>] Epochs of list: string

    interface IArgParserTemplate with
        member this.Usage =
            match this with
            | Manifest _ -> "the manifest to write; its name without the ending becomes the sweep's."
            | Dataset _ -> "the data set (default: shapes)."
            | Set _ -> "fix a parameter: encoder=conv. May be given several times."
            | Vary _ -> "vary a parameter: latent=2,8,16. May be given several times."
            | Seeds _ -> "seeds for every configuration (default: 3)."
            | Epochs _ -> "epochs at which every training is read: 1,3 (default: 5)."

/// What `new` is asked for, as written.
type NewOptions = {
    Manifest: string option
    Dataset: string option
    Fixed: string list
    Varied: string list
    Replicates: int
    Epochs: string
}

/// Writes a commented manifest to begin with.
[<RequireQualifiedAccess>]
module NewCommand =

    let private problem where cause remedy = Error [ Problem(where, cause, remedy) ]

    let private whole (text: string) =
        match Int64.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) with
        | true, number -> Some number
        | false, _ -> None

    let private read (definition: ParameterDefinition) (text: string) : ParameterValue option =
        match definition.Kind with
        | ParameterKind.Integer -> whole text |> Option.map (fun number -> ParameterValue.Integer number)
        | ParameterKind.Real ->
            match Double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture) with
            | true, number -> Some(ParameterValue.Real number)
            | false, _ -> None
        | ParameterKind.Flag ->
            match Boolean.TryParse text with
            | true, flag -> Some(ParameterValue.Flag flag)
            | false, _ -> None
        | ParameterKind.IntegerList -> None
        | _ -> Some(ParameterValue.Text text)

    let private value (option: string) (definition: ParameterDefinition) text =
        let refused cause =
            problem $"{option} {definition.Name}" cause $"Give {definition.KindPhrase}."

        match read definition text with
        | None -> refused $"'{text}' is not {definition.KindPhrase}"
        | Some value ->
            match definition.Check value with
            | null -> Ok value
            | cause -> refused cause

    // Own data need to be found.
    let private located (dataset: ParameterValue) assigned =
        let own =
            DatasetCatalogue.Entries
            |> Seq.exists (fun entry -> not entry.IsSelfContained && entry.Name = string dataset)

        let given =
            assigned
            |> List.exists (fun (definition: ParameterDefinition, _) -> definition.IsLocation)

        if own && not given then
            problem "--dataset" $"{dataset} is your own data, and nothing says where they lie" "Give --set path=FOLDER."
        else
            Ok()

    let private gather results =
        let problems =
            results
            |> List.collect (function
                | Ok _ -> []
                | Error problems -> problems)

        if problems.IsEmpty then
            Ok(List.choose Result.toOption results)
        else
            Error problems

    let private assignment option (text: string) =
        match List.ofArray (text.Split('=', 2, StringSplitOptions.TrimEntries)) with
        | [ name; values ] ->
            match ParameterCatalogue.Find name with
            | null ->
                let known = ParameterCatalogue.All |> Seq.map _.Name |> String.concat ", "
                problem $"{option} {text}" $"there is no parameter '{name}'" $"The parameters are {known}."
            | definition -> Ok(definition, values)
        | _ -> problem $"{option} {text}" "it has no '='" $"Write it as {option} latent=8."

    let private assignmentsOf options =
        let single (text: string) =
            assignment "--set" text
            |> Result.bind (fun (definition, text) ->
                value "--set" definition text |> Result.map (fun value -> definition, value))

        let several (text: string) =
            assignment "--vary" text
            |> Result.bind (fun (definition, texts) ->
                texts.Split(',', StringSplitOptions.TrimEntries)
                |> List.ofArray
                |> List.map (value "--vary" definition)
                |> gather
                |> Result.map (fun values -> definition, values))

        gather (List.map single options.Fixed), gather (List.map several options.Varied)

    let private epochsOf (text: string) =
        text.Split(',', StringSplitOptions.TrimEntries)
        |> List.ofArray
        |> List.map (fun epoch ->
            match whole epoch with
            | Some number when number >= 1L && number <= int64 Int32.MaxValue -> Ok(int number)
            | _ -> problem "--epochs" $"'{epoch}' is not a number of epochs" "Write whole numbers such as 1,3,10.")
        |> gather
        |> Result.map (List.distinct >> List.sort)

    let private problemsOf result =
        match result with
        | Ok _ -> []
        | Error problems -> problems

    /// The checked answers, or everything that is wrong with the options.
    let answers sweep options : Result<ManifestAnswers, Problem list> =
        let dataset =
            value "--dataset" DatasetSelection.Dataset (options.Dataset |> Option.defaultValue "shapes")

        let assigned, varied = assignmentsOf options
        let epochs = epochsOf options.Epochs

        let seeds =
            if options.Replicates >= 1 then
                Ok options.Replicates
            else
                problem "--seeds" $"{options.Replicates} is no number of seeds" "Give 1 or more."

        let name =
            match Names.sweep sweep with
            | None -> Ok sweep
            | Some cause ->
                problem sweep $"it cannot name a sweep: {cause}" "Name the file fashion-beta.yaml, for example."

        let place =
            match dataset, assigned with
            | Ok dataset, Ok assigned -> located dataset assigned
            | _ -> Ok()

        match name, dataset, place, assigned, varied, epochs, seeds with
        | Ok name, Ok dataset, Ok(), Ok assigned, Ok varied, Ok epochs, Ok replicates ->
            Ok {
                Sweep = name
                Fixed = (DatasetSelection.Dataset, dataset) :: assigned
                Varied = varied
                Replicates = replicates
                Epochs = epochs
            }
        | _ ->
            Error(
                problemsOf name
                @ problemsOf dataset
                @ problemsOf place
                @ problemsOf assigned
                @ problemsOf varied
                @ problemsOf epochs
                @ problemsOf seeds
            )

    let private ask (console: IAnsiConsole) (options: NewOptions) : NewOptions =
        let choose (definition: ParameterDefinition) =
            // The first choice is what Enter takes.
            let standard, others =
                definition.Choices
                |> List.ofSeq
                |> List.partition (fun choice -> choice = $"{definition.DefaultValue}")

            console.Prompt(
                SelectionPrompt<string>(Title = Markup.Escape definition.Description).AddChoices(standard @ others)
            )

        let text (question: string) (standard: string) =
            console.Prompt(TextPrompt<string>(question).DefaultValue standard)

        let file = text "manifest to write" "my-sweep.yaml"
        let family = choose ModelParameters.Family
        let dataset = choose DatasetSelection.Dataset
        let own = not (DatasetCatalogue.Find dataset).IsSelfContained

        let beta =
            if family = "vae" then
                [ text "values of beta" "0.5,1,4" ]
            else
                []

        {
            options with
                Manifest = Some file
                Dataset = Some dataset
                Fixed = [
                    if own then
                        $"""path={text "where your data lie" "data"}"""
                    $"family={family}"
                    $"encoder={choose ModelParameters.Encoder}"
                ]
                Varied = [
                    $"""latent={text "values of latent" "2,8,16"}"""
                    for values in beta do
                        $"beta={values}"
                ]
                Epochs = text "epochs at which to read" "5"
        }

    let private write (file: string) (text: string) =
        use stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write)
        use writer = new StreamWriter(stream)
        writer.Write text

    let private written (console: IAnsiConsole) (file: string) text =
        try
            write file text
            console.MarkupLine $"Wrote [bold]{Markup.Escape file}[/]."
            console.MarkupLine $"Next: [bold]orchestrator plan {Markup.Escape file}[/]"
            0
        with
        | :? IOException when File.Exists file ->
            ProblemLines.print Console.Error [
                Problem(file, "it is there already and was left as it is", "Choose another name, or remove it first.")
            ]
        | :? IOException
        | :? UnauthorizedAccessException as error ->
            ProblemLines.print Console.Error [
                Problem(file, error.Message, "Choose a folder that exists and can be written.")
            ]

    /// Writes the manifest; asks for what to write on a terminal where no file is named. Answers the exit code.
    let run (console: IAnsiConsole) (options: NewOptions) =
        let options =
            if options.Manifest.IsNone && console.Profile.Capabilities.Interactive then
                ask console options
            else
                options

        match options.Manifest with
        | None ->
            ProblemLines.print Console.Error [
                Problem("new", "no file is named", "Write it as orchestrator new my-sweep.yaml.")
            ]
        | Some file ->
            let sweep =
                Path.GetFileNameWithoutExtension file |> Option.ofObj |> Option.defaultValue ""

            match answers sweep options with
            | Ok answers -> written console file (ManifestTemplate.text file answers)
            | Error problems -> ProblemLines.print Console.Error problems
