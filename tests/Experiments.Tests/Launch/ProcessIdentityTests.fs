/// Telling the living from the dead.
module Orchestrator.Experiments.Tests.Launch.ProcessIdentityTests

open System.Diagnostics
open Orchestrator.Experiments.Launch
open Xunit

[<Fact>]
let ``This process is not gone`` () =
    let identity = ProcessIdentity.current ()
    Assert.False(ProcessIdentity.isGone identity.ProcessId identity.Key)

[<Fact>]
let ``A later process with the same number is not the one that was`` () =
    let identity = ProcessIdentity.current ()
    Assert.True(ProcessIdentity.isGone identity.ProcessId (identity.Key + "1"))

[<Fact>]
let ``A process of another boot or machine is not judged`` () =
    let identity = ProcessIdentity.current ()
    Assert.False(ProcessIdentity.isGone identity.ProcessId "another-boot|pid:[1]|1|1")

[<Fact>]
let ``A process that ended is gone`` () =
    use child = Process.Start("true")
    let number = child.Id
    child.WaitForExit()
    let identity = ProcessIdentity.current ()
    let parts = identity.Key.Split('|')
    Assert.True(ProcessIdentity.isGone number $"{parts[0]}|{parts[1]}|{number}|1")
