module Orchestrator.Experiments.Tests.Launch.AdmissionTests

open Orchestrator.Experiments.Launch
open Orchestrator.Experiments.Store
open Xunit

let private mebibyte = 1048576L

let private needing processId bytes : Reservation = {
    ProcessId = processId
    Process = "process"
    Bytes = bytes * mebibyte
}

let private spare = 256L

let private room available resident underWay =
    Admission.roomOf (available * mebibyte) (fun processId -> Map.tryFind processId (Map.ofList resident)) underWay
    / mebibyte

[<Fact>]
let ``What those under way will still take is not free`` () =
    let resident = [ 1, 300L * mebibyte; 2, 500L * mebibyte ]
    Assert.Equal(4000L - 200L - spare, room 4000L resident [ needing 1 500L; needing 2 400L ])

[<Fact>]
let ``A process that cannot be seen is counted as if it held nothing yet`` () =
    Assert.Equal(4000L - 500L - spare, room 4000L [] [ needing 1 500L ])

[<Fact>]
let ``The kernel's lines are read as bytes`` () =
    let lines = [ "Name:\torchestrator"; "VmHWM:\t  2048 kB"; "VmRSS:\t  1024 kB" ]
    Assert.Equal(Some(1024L * 1024L), ProcessMemory.field "VmRSS" lines)
    Assert.Equal(Some(2048L * 1024L), ProcessMemory.field "VmHWM" lines)
    Assert.Equal(None, ProcessMemory.field "VmSwap" lines)

[<Fact>]
let ``This process holds memory, and its peak is no less`` () =
    match ProcessMemory.resident System.Environment.ProcessId with
    | Some resident -> Assert.InRange(resident, 1L, 2L * ProcessMemory.peak ())
    | None -> Assert.False(System.IO.File.Exists "/proc/self/status")
