/// Whether a trial's memory fits beside those under way.
module Orchestrator.Experiments.Launch.Admission

open System
open Orchestrator.Experiments.Store

// What the coordinator, the system and a wrong guess may take.
let private spare = 256L * 1024L * 1024L

/// The memory that is left when those under way have all that they need: what is free now, less what each of them will
/// still take.
let roomOf (available: int64) (residentOf: int -> int64 option) (underWay: Reservation list) : int64 =
    let stillToTake =
        underWay
        |> List.sumBy (fun reservation ->
            match residentOf reservation.ProcessId with
            | Some resident -> max 0L (reservation.Bytes - resident)
            | None -> reservation.Bytes)

    available - stillToTake - spare

// A process of another container is not seen here, whatever runs under its number.
let private residentOf (reservations: Reservation list) processId =
    reservations
    |> List.tryFind (fun reservation -> reservation.ProcessId = processId)
    |> Option.filter (fun reservation -> not (ProcessIdentity.isGone processId reservation.Process))
    |> Option.bind (fun _ -> ProcessMemory.resident processId)

/// The memory that is left on this machine; all there is where the system does not tell.
let room (underWay: Reservation list) : int64 =
    match ProcessMemory.available () with
    | Some available -> roomOf available (residentOf underWay) underWay
    | None -> Int64.MaxValue
