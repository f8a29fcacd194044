/// Small real PNG images for tests.
module Orchestrator.Experiments.Tests.Report.SomePng

open System
open System.Buffers.Binary
open System.IO
open System.IO.Compression
open System.Text

let private crcTable =
    Array.init 256 (fun n ->
        let mutable c = uint32 n

        for _ in 1..8 do
            c <- if c &&& 1u = 1u then 0xEDB88320u ^^^ (c >>> 1) else c >>> 1

        c)

let private crc (bytes: byte array) =
    let mutable c = 0xFFFFFFFFu

    for b in bytes do
        c <- crcTable[int ((c ^^^ uint32 b) &&& 0xFFu)] ^^^ (c >>> 8)

    c ^^^ 0xFFFFFFFFu

let private bigEndian (value: uint32) =
    let bytes = Array.zeroCreate 4
    BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(), value)
    bytes

let private chunk (name: string) (content: byte array) =
    let named = Array.append (Encoding.ASCII.GetBytes name) content
    Array.concat [ bigEndian (uint32 content.Length); named; bigEndian (crc named) ]

/// A grey image of the given size.
let grey width height (pixel: int -> int -> byte) =
    let rows =
        Array.concat [
            for y in 0 .. height - 1 -> Array.append [| 0uy |] [| for x in 0 .. width - 1 -> pixel x y |]
        ]

    use packed = new MemoryStream()

    do
        use zlib = new ZLibStream(packed, CompressionLevel.Optimal, true)
        zlib.Write(rows, 0, rows.Length)

    Array.concat [
        [| 0x89uy; 0x50uy; 0x4Euy; 0x47uy; 0x0Duy; 0x0Auy; 0x1Auy; 0x0Auy |]
        chunk
            "IHDR"
            (Array.concat [
                bigEndian (uint32 width)
                bigEndian (uint32 height)
                [| 8uy; 0uy; 0uy; 0uy; 0uy |]
            ])
        chunk "IDAT" (packed.ToArray())
        chunk "IEND" [||]
    ]

/// A sheet of rings and bars, 28 pixels a tile: shapes as an autoencoder would give them back.
let sheet columns rows (seed: int) =
    let random = Random seed

    let tiles = [|
        for _ in 1 .. columns * rows -> random.NextDouble(), random.NextDouble(), random.Next 3
    |]

    grey (28 * columns) (28 * rows) (fun x y ->
        let size, angle, kind = tiles[y / 28 * columns + x / 28]
        let dx, dy = float (x % 28) - 13.5, float (y % 28) - 13.5
        let turned = dx * cos (3.0 * angle) + dy * sin (3.0 * angle)
        let across = dy * cos (3.0 * angle) - dx * sin (3.0 * angle)
        let radius = 5.0 + 5.0 * size

        let distance =
            match kind with
            | 0 -> abs (sqrt (dx * dx + dy * dy) - radius) - 1.5
            | 1 -> max (abs turned - radius) (abs across - 2.5)
            | _ -> max (abs turned) (abs across) - 0.7 * radius

        byte (Math.Clamp(255.0 * (0.5 - distance / 2.0), 0.0, 255.0)))
