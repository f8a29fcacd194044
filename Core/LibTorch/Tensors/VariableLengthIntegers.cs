using System.IO;

namespace TorchSharp;

/// <summary>The LEB128 integers of TorchSharp's file format.</summary>
internal static class VariableLengthIntegers
{
    internal static void Encode(this BinaryWriter writer, long value)
    {
        var rest = (ulong)value;
        do
        {
            var low = (byte)(rest & 0x7f);
            rest >>= 7;
            writer.Write(rest != 0 ? (byte)(low | 0x80) : low);
        }
        while (rest != 0);
    }

    internal static long Decode(this BinaryReader reader)
    {
        ulong result = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = reader.ReadByte();
            result |= (ulong)(part & 0x7f) << shift;
            if ((part & 0x80) == 0)
            {
                return (long)result;
            }
        }

        throw new InvalidDataException("An integer in the file is longer than 64 bits: the file is damaged.");
    }
}
