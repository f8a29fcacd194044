// Gives every script the program's assemblies: #load "env.fsx", then declare a sweep and run it.
// It is the only place with references; ./orchestrator builds what they name, and provider.fsx names the torch provider's.
// The report's pages need ASP.NET Core, which F# Interactive does not load by itself: it is found beside .NET here.
#I "../Experiments/bin/Release/net10.0"
#load "../Experiments/bin/Release/net10.0/provider.fsx"
#r "Orchestrator.Core.dll"
#r "Orchestrator.Report.dll"
#r "Spectre.Console.dll"
#r "MathNet.Numerics.dll"
#r "orchestrator.dll"

open System
open System.IO
open System.Reflection
open System.Runtime.InteropServices
open System.Runtime.Loader

// .../shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll
let private sharedFrameworks =
    Path.GetFullPath(Path.Combine(Path.GetDirectoryName typeof<obj>.Assembly.Location, "..", ".."))

let private find (context: AssemblyLoadContext) (name: AssemblyName) : Assembly =
    let folder = Path.Combine(sharedFrameworks, "Microsoft.AspNetCore.App")

    let candidates =
        if Directory.Exists folder then
            Directory.GetFiles(folder, $"{name.Name}.dll", SearchOption.AllDirectories)
            |> Array.sortDescending
        else
            [||]

    match Array.tryHead candidates with
    | Some path -> context.LoadFromAssemblyPath path
    | None -> null

AssemblyLoadContext.Default.add_Resolving (Func<_, _, _>(find))

// TorchSharp's packages bring native libraries, which lie below runtimes/, where F# Interactive does not look either.
let private findNative (_: Assembly) (name: string) : nativeint =
    let runtimes =
        Path.Combine(__SOURCE_DIRECTORY__, "../Experiments/bin/Release/net10.0/runtimes")

    let candidates =
        if Directory.Exists runtimes then
            [ $"lib{name}.so"; $"{name}.so"; $"lib{name}.dylib"; $"{name}.dll"; name ]
            |> List.collect (fun file -> List.ofArray (Directory.GetFiles(runtimes, file, SearchOption.AllDirectories)))
        else
            []

    candidates
    |> List.tryPick (fun path ->
        match NativeLibrary.TryLoad path with
        | true, loaded -> Some loaded
        | _ -> None)
    |> Option.defaultValue 0n

AssemblyLoadContext.Default.add_ResolvingUnmanagedDll (Func<_, _, _>(findNative))
