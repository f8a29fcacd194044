namespace Orchestrator.Experiments.Plan

/// Which workloads are worth measuring, the most telling first.
[<RequireQualifiedAccess>]
module ProbeChoice =

    /// So many of one kind tell the costs of all that lie between them.
    let enoughOfAKind = 5

    let private work (workload: Workload) =
        workload.Operations * float workload.Images

    // Heaviest, lightest, the middle, and the middles of both halves.
    let private telling (workloads: Workload list) =
        let sorted = workloads |> List.sortBy (fun workload -> work workload, workload.Key)
        let last = sorted.Length - 1

        [ last; 0; last / 2; last / 4; 3 * last / 4 ]
        |> List.distinct
        |> List.map (fun index -> sorted[index])

    let private ofKind (known: Set<string>) (workloads: Workload list) =
        telling workloads
        |> List.filter (fun workload -> not (known.Contains workload.Key))

    /// What to measure of a plan's workloads, given the keys of those that were: the most telling of each kind, by turns.
    let choose (known: Set<string>) (workloads: Workload list) : Workload list =
        workloads
        |> List.distinctBy _.Key
        |> List.groupBy _.Kind
        |> List.collect (fun (_, kin) -> ofKind known kin |> List.indexed)
        |> List.sortBy fst
        |> List.map snd
