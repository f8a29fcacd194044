namespace Orchestrator.Experiments.Launch

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open Serilog
open Serilog.Core
open Serilog.Events
open Serilog.Formatting.Display

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

// Opened for each line: a superseded worker and its successor may both write a trial's log for a moment, whatever was
// said is on the disk when a process is killed, and nothing is held. Serilog's own shared file takes a mutex between
// processes, which costs more than a short trial.
type private AppendedFile(path: string) =
    let formatter =
        MessageTemplateTextFormatter(
            "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{NewLine}{Exception}",
            CultureInfo.InvariantCulture
        )

    do path |> Path.GetDirectoryName |> string |> Directory.CreateDirectory |> ignore

    interface ILogEventSink with
        member _.Emit(event: LogEvent) =
            use text = new StringWriter(CultureInfo.InvariantCulture)
            formatter.Format(event, text)

            lock formatter (fun () ->
                use file =
                    new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite ||| FileShare.Delete)

                file.Write(Text.Encoding.UTF8.GetBytes(text.ToString())))

/// A log file whose last lines can be kept with an error.
type LogFile(path: string) =
    let tail = Tail 40

    let logger =
        LoggerConfiguration()
            .MinimumLevel.Information()
            .WriteTo.Sink(AppendedFile path)
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
