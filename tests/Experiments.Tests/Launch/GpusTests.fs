module Orchestrator.Experiments.Tests.Launch.GpusTests

open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Launch.Gpus
open Xunit

let private gibibyte = 1024L * 1024L * 1024L

let private gpu name free = {
    Name = name
    FreeBytes = Some(free * gibibyte)
}

let private visible slots =
    slots |> List.choose (fun (slot: WorkerSlot) -> slot.VisibleGpus)

[<Fact>]
let ``The words of CUDA_VISIBLE_DEVICES name the GPUs where it is set`` () =
    Assert.Equal<string list>([ "0"; "1" ], names None 2)
    Assert.Equal<string list>([ "3"; "1" ], names (Some "3, 1") 2)
    Assert.Equal<string list>([ "GPU-8f6a" ], names (Some "GPU-8f6a") 1)
    // Torch stops at the first word that names nothing, so it counts fewer.
    Assert.Equal<string list>([ "0" ], names (Some "0,9") 1)

[<Fact>]
let ``No visible GPU is none`` () =
    Assert.Empty(names (Some "") 0)
    Assert.Empty(names (Some "-1") 0)

[<Fact>]
let ``The driver's list tells used and free memory by number and by UUID`` () =
    let memory = parse "0, GPU-aaaa, 1024, 24\n1, GPU-bbbb, 2048, 0\n[N/A], broken\n"
    Assert.Equal(Some(1000L * 1048576L, 24L * 1048576L), Map.tryFind "0" memory)
    Assert.Equal(Some(2048L * 1048576L, 0L), Map.tryFind "GPU-bbbb" memory)
    Assert.Equal(4, memory.Count)

[<Fact>]
let ``Each GPU gets its first worker before any gets its second`` () =
    let found = slots [ gpu "0" 16L; gpu "1" 16L ] (3L * gibibyte) 4
    Assert.Equal<string list>([ "0"; "1"; "0"; "1" ], visible found)
    Assert.All(found, (fun slot -> Assert.Equal("cuda:0", slot.Device)))

[<Fact>]
let ``A GPU gets as many workers as its memory holds`` () =
    let found = slots [ gpu "small" 8L; gpu "large" 24L ] (6L * gibibyte) 16
    Assert.Equal<string list>([ "small"; "large"; "large"; "large" ], visible found)

[<Fact>]
let ``A trial that needs more than any GPU has is tried by one worker on each`` () =
    Assert.Equal<string list>([ "0"; "1" ], slots [ gpu "0" 4L; gpu "1" 4L ] (9L * gibibyte) 8 |> visible)

[<Fact>]
let ``Where memory is not known a GPU has one worker`` () =
    let unknown = { Name = "0"; FreeBytes = None }
    Assert.Equal(1, (slots [ unknown ] gibibyte 8).Length)
    Assert.Equal(1, (slots [ gpu "0" 80L ] 0L 8).Length)
