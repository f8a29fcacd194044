/// Event files as TensorBoard reads them: records with masked checksums around protocol buffers.
module Orchestrator.Experiments.Cli.ExportEventFile

open System
open System.Buffers.Binary
open System.IO
open System.Numerics
open Orchestrator.Experiments.Cli.ExportProtobuf

/// CRC-32C (Castagnoli), as in RFC 3720, appendix B.4.
let crc32c (bytes: ReadOnlySpan<byte>) =
    let mutable crc = UInt32.MaxValue

    for value in bytes do
        crc <- BitOperations.Crc32C(crc, value)

    ~~~crc

/// The checksum as the record format stores it: rotated and shifted, so that a checksum of checksums is none.
let masked (bytes: ReadOnlySpan<byte>) =
    BitOperations.RotateRight(crc32c bytes, 15) + 0xa282ead8u

let private uint32Bytes (value: uint32) =
    let bytes = Array.zeroCreate<byte> 4
    BinaryPrimitives.WriteUInt32LittleEndian(Span bytes, value)
    bytes

let private record (stream: Stream) (content: byte array) =
    let length = Array.zeroCreate<byte> 8
    BinaryPrimitives.WriteUInt64LittleEndian(Span length, uint64 content.Length)
    stream.Write(ReadOnlySpan length)
    stream.Write(ReadOnlySpan(uint32Bytes (masked (ReadOnlySpan length))))
    stream.Write(ReadOnlySpan content)
    stream.Write(ReadOnlySpan(uint32Bytes (masked (ReadOnlySpan content))))

let private seconds (time: DateTimeOffset) =
    float (time.ToUnixTimeMilliseconds()) / 1000.0

// Event: wall_time 1, step 2, file_version 3, summary 5.
let private version time =
    double 1 (seconds time) @ text 3 "brain.Event:2"

// Summary: value 1. Summary.Value: tag 1, simple_value 2.
let private scalars time (step: int) (values: (string * float) list) =
    let summary =
        values
        |> List.collect (fun (tag, value) -> bytes 1 (text 1 tag @ real32 2 (float32 value)))

    double 1 (seconds time) @ number 2 (int64 step) @ bytes 5 summary

// An event before the first step: the values of its summary are given.
let private before time (values: byte list list) =
    double 1 (seconds time) @ bytes 5 (values |> List.collect (bytes 1))

/// Writes an event file: what other plugins than the scalars read, then the scalars of each step, all under one time of day.
let write (stream: Stream) (time: DateTimeOffset) (values: byte list list) (steps: (int * (string * float) list) list) =
    record stream (Array.ofList (version time))

    if not values.IsEmpty then
        record stream (Array.ofList (before time values))

    for step, values in steps do
        record stream (Array.ofList (scalars time step values))
