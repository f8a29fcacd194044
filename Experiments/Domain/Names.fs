namespace Orchestrator.Experiments.Domain

open System
open System.Text.RegularExpressions

/// Names that become files and folders, and names of devices.
[<RequireQualifiedAccess>]
module Names =

    let private isFileName (name: string) =
        Regex.IsMatch(
            name,
            @"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds 1.0
        )

    // Windows opens devices under these names, with any extension.
    let private devices =
        set (
            [ "con"; "prn"; "aux"; "nul" ]
            @ [
                for port in [ "com"; "lpt" ] do
                    for number in 1..9 -> $"{port}{number}"
            ]
        )

    let private isDevice (name: string) =
        devices.Contains(name.Split('.').[0].ToLowerInvariant())

    let private check name =
        if not (isFileName name) then
            Some "it must begin with a letter or digit and hold at most 64 letters, digits, '-', '_' and '.'"
        elif (name: string).EndsWith '.' then
            Some "it must not end with a dot"
        elif isDevice name then
            Some "some systems keep this name for a device"
        else
            None

    /// Why a sweep cannot have this name: it names a folder inside the results folder.
    let sweep (name: string) =
        match check name with
        | Some cause -> Some cause
        | None when name.StartsWith("orchestrator.db", StringComparison.OrdinalIgnoreCase) ->
            Some "the database lies under this name"
        | None -> None

    /// Why a report cannot have this file name: it lies in the sweep's folder.
    let report (name: string) =
        match check name with
        | Some cause -> Some cause
        | None when not (name.EndsWith(".html", StringComparison.OrdinalIgnoreCase)) -> Some "it must end with .html"
        | None -> None

    /// True for auto, cpu, cuda and cuda:N.
    let isDeviceKind (name: string) =
        Regex.IsMatch(
            name,
            @"\A(auto|cpu|cuda(:[0-9]{1,2})?)\z",
            RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds 1.0
        )
