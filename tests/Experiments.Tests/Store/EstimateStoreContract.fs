namespace Orchestrator.Experiments.Tests.Store

open System
open Orchestrator.Core.Contracts
open Orchestrator.Experiments.Domain
open Orchestrator.Experiments.Store
open Xunit

/// What every implementation of the store promises of estimates, and of the memory that trials need.
[<AbstractClass>]
type EstimateStoreContract() =
    let clock = Some.Clock()

    /// A new, empty store under the clock.
    abstract Open: Some.Clock -> ITrialStore

    member private this.With plan =
        let store = this.Open clock
        store.SavePlan(plan, "manifest") |> ignore
        store

    // A sweep of three trials that need so much memory each.
    member private this.Needing(bytes: int64 list) =
        let store = this.With(Some.plan "s" bytes.Length [ 2 ])
        let trials = store.Trials "s"

        let costs =
            List.zip trials bytes
            |> List.map (fun (trial, bytes) -> trial.ConfigurationId, Some.cost bytes)

        store.SaveEstimate(Some.estimate "s", costs) |> ignore
        store

    member private _.ClaimWithRoom (store: ITrialStore) worker room =
        store.Claim {
            Some.request "s" worker with
                Room = fun underWay -> room - List.sumBy (fun (other: Reservation) -> other.Bytes) underWay
        }

    [<Fact>]
    member this.``A trial that does not fit beside those under way waits, and the books say why``() =
        use store = this.Needing [ 60L; 60L ]
        store.Beat(Some.processRecord "second" "worker") |> ignore
        let first = this.ClaimWithRoom store "first" 100L |> Some.claimed
        Assert.Equal(ClaimAnswer.WaitForMemory(60L, 40L), this.ClaimWithRoom store "second" 100L)

        match (Some.status store "s").Waiting with
        | [ worker, reason ] ->
            Assert.Equal("second", worker.Name)
            Assert.Contains("memory", reason)
        | other -> Assert.Fail $"%A{other}"

        store.Finish(first.Token, Some.completed 2 -1., "") |> ignore
        this.ClaimWithRoom store "second" 100L |> Some.claimed |> ignore
        Assert.Empty (Some.status store "s").Waiting

    [<Fact>]
    member this.``A smaller trial goes before one that does not fit, which keeps its place``() =
        use store = this.Needing [ 60L; 60L; 30L ]
        let ids = store.Trials "s" |> List.map _.Id
        let first = this.ClaimWithRoom store "first" 100L |> Some.claimed
        let second = this.ClaimWithRoom store "second" 100L |> Some.claimed
        Assert.Equal(ids[0], first.Specification.Id)
        Assert.Equal(ids[2], second.Specification.Id)
        store.Finish(first.Token, Some.completed 2 -1., "") |> ignore
        let third = this.ClaimWithRoom store "first" 100L |> Some.claimed
        Assert.Equal(ids[1], third.Specification.Id)

    [<Fact>]
    member this.``A trial that needs more than there is runs alone``() =
        use store = this.Needing [ 5000L; 10L ]
        let first = this.ClaimWithRoom store "first" 100L |> Some.claimed
        Assert.Equal(ClaimAnswer.WaitForMemory(10L, -4900L), this.ClaimWithRoom store "second" 100L)
        store.Finish(first.Token, Some.completed 2 -1., "") |> ignore
        this.ClaimWithRoom store "second" 100L |> Some.claimed |> ignore

    [<Fact>]
    member this.``What other machines run takes no room here``() =
        use store = this.Needing [ 60L; 60L ]

        store.Claim {
            Some.request "s" "far" with
                Host = "another"
        }
        |> Some.claimed
        |> ignore

        this.ClaimWithRoom store "near" 10L |> Some.claimed |> ignore

    [<Fact>]
    member this.``An estimate is kept, and what it came to beside it``() =
        use store = this.With(Some.plan "s" 1 [ 2 ])

        let made = {
            Some.estimate "s" with
                MadeAt = clock.GetUtcNow()
        }

        let id = store.SaveEstimate(made, [])
        Assert.Equal<EstimateRecord list>([ { made with Id = id } ], store.Estimates "s")

        let fact = {
            EndedAt = clock.GetUtcNow()
            Seconds = 12.5
            MemoryBytes = 1L <<< 40
            DiskBytes = 7L
            EpochsTrained = 2
            Finished = true
            ProcessorSeconds = Some 11.25
        }

        store.CloseEstimate(id, fact)
        let closed = { made with Id = id; Fact = Some fact }
        Assert.Equal<EstimateRecord list>([ closed ], store.Estimates "s")
        Assert.Equal(Some closed, (Some.status store "s").Estimate)
        Assert.Equal<EstimateRecord list>([ closed ], (Some.results store "s").Estimates)

    [<Fact>]
    member this.``The pace of configurations is that of completed attempts on such a machine``() =
        use store = this.With(Some.plan "s" 1 [ 4 ])
        let claim = Some.claim store "s"
        clock.Move(TimeSpan.FromSeconds 10.)
        store.Finish(claim.Token, Some.completed 4 -1., "") |> ignore
        let configuration = (store.Trials "s").Head.ConfigurationId
        Assert.Equal<Map<string, float>>(Map.ofList [ configuration, 2.5 ], store.Pace("host", "cpu", 1))
        Assert.Empty(store.Pace("host", "cpu", 2))
