/// The SQL that results/README.md shows to people.
module Orchestrator.Experiments.Tests.Store.DocumentedSqlTests

open System
open System.IO
open System.Text.RegularExpressions
open Microsoft.Data.Sqlite
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Store
open Xunit

let rec private repository (folder: string) =
    if File.Exists(Path.Combine(folder, "Orchestrator.sln")) then
        folder
    else
        repository (nonNull (Path.GetDirectoryName folder))

let private page =
    File.ReadAllText(Path.Combine(repository (AppContext.BaseDirectory.TrimEnd('/')), "results", "README.md"))

let private statements =
    Regex.Match(page, "```sql\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.Split(';')
    |> Array.map _.Trim()
    |> Array.filter (fun text -> text <> "")

let private connect (folder: Some.Folder) =
    let connection =
        new SqliteConnection($"Data Source={SqliteDatabase.pathIn folder.Path};Pooling=False")

    connection.Open()
    connection

let private filled () =
    let folder = new Some.Folder()
    use store = TrialStore.openForWork folder.Path |> Some.ok
    store.SavePlan(Some.plan "quickstart" 3 [ 2 ], "m") |> ignore
    store.SaveEstimate(Some.estimate "quickstart", []) |> ignore
    let lost = Some.claim store "quickstart"
    store.RecordEpoch(lost.Token, 1, Some.metrics 1 -99., Some.lease) |> ignore
    store.MarkLost([ lost.Token ], "gone") |> ignore

    for value in [ -3.; -2. ] do
        let claim = Some.claim store "quickstart"
        store.Finish(claim.Token, Some.completed 2 value, "") |> ignore

    let failing = Some.claim store "quickstart"
    store.Finish(failing.Token, Some.outcome AttemptOutcome.Failed 0, "") |> ignore
    folder

[<Fact>]
let ``Every statement of the page gives rows`` () =
    use folder = filled ()
    use connection = connect folder
    Assert.Equal(6, statements.Length)

    for statement in statements do
        Assert.NotEmpty(Sql.rows connection statement [] (fun row -> row.GetValue 0))

[<Fact>]
let ``The leaderboard's best comes first and counts only effective attempts`` () =
    use folder = filled ()
    use connection = connect folder

    let rows =
        Sql.rows connection "SELECT mean, n, failed FROM leaderboard ORDER BY place" [] (fun row ->
            Sql.optional Sql.real "mean" row, Sql.int "n" row, Sql.int "failed" row)

    Assert.Equal<(float option * int * int) list>([ Some -2., 1, 0; Some -3., 1, 0; None, 0, 1 ], rows)

[<Fact>]
let ``The columns that the page lists are the views' columns`` () =
    use folder = filled ()
    use connection = connect folder

    for view in [ "leaderboard"; "trial_summary"; "epoch_metrics" ] do
        let listed =
            Regex.Match(page, $@"\| `{view}` \| [a-z]+ \| ([a-z_, ]+) \|").Groups[1].Value.Split(", ")

        let found =
            Sql.rows connection "SELECT name FROM pragma_table_info(@view)" [ "view", box view ] (Sql.text "name")

        Assert.Equal<string seq>(listed, found)
