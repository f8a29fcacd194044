/// The fields of protocol buffers, as bytes.
module Orchestrator.Experiments.Cli.ExportProtobuf

open System
open System.Buffers.Binary
open System.Text

let rec private varint (value: uint64) = [
    if value < 0x80UL then
        byte value
    else
        byte (value &&& 0x7FUL ||| 0x80UL)
        yield! varint (value >>> 7)
]

// Wire types of protocol buffers: 0 a varint, 1 eight bytes, 2 a length and bytes, 5 four bytes.
let private key field wireType =
    varint (uint64 (field <<< 3 ||| wireType))

/// A whole number.
let number field (value: int64) = key field 0 @ varint (uint64 value)

/// A number of eight bytes.
let double field (value: float) =
    let bytes = Array.zeroCreate<byte> 8
    BinaryPrimitives.WriteDoubleLittleEndian(Span bytes, value)
    key field 1 @ List.ofArray bytes

/// A number of four bytes.
let real32 field (value: float32) =
    let bytes = Array.zeroCreate<byte> 4
    BinaryPrimitives.WriteSingleLittleEndian(Span bytes, value)
    key field 5 @ List.ofArray bytes

/// Bytes, or another message.
let bytes field (content: byte list) =
    key field 2 @ varint (uint64 content.Length) @ content

/// Words.
let text field (value: string) =
    bytes field (List.ofArray (Encoding.UTF8.GetBytes value))
