namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Generic
open System.Globalization
open Serilog
open Serilog.Core
open Serilog.Events

/// Keeps the last lines of a log.
type private Tail(capacity: int) =
    let lines = Queue<string>()

    member _.Text = lock lines (fun () -> String.Join('\n', lines))

    interface ILogEventSink with
        member _.Emit(event: LogEvent) =
            let message = event.RenderMessage CultureInfo.InvariantCulture

            let text =
                if isNull event.Exception then
                    message
                else
                    $"{message}\n{event.Exception}"

            lock lines (fun () ->
                for line in text.Split('\n') do
                    lines.Enqueue(line.TrimEnd())

                while lines.Count > capacity do
                    lines.Dequeue() |> ignore)

/// A log file whose last lines can be kept with an error.
type LogFile(path: string) =
    let tail = Tail 40

    let logger =
        LoggerConfiguration()
            .MinimumLevel.Information()
            .WriteTo.File(path, formatProvider = CultureInfo.InvariantCulture, shared = true)
            .WriteTo.Sink(tail)
            .CreateLogger()

    member _.Path = path
    member _.Tail = tail.Text

    member _.Say(message: string) =
        logger.Information("{Message:l}", message)

    member _.Warn(message: string) = logger.Warning("{Message:l}", message)

    member _.Fail(error: exn, message: string) =
        logger.Error(error, "{Message:l}", message)

    interface IDisposable with
        member _.Dispose() = logger.Dispose()
