using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>Rows of a part as bytes, column by column, every bit kept: what a journal's record holds.</summary>
internal static class RowCodec
{
    /// <summary>Dies of consecutive rows with their epochs.</summary>
    public static byte[] Encode(PartRows part, int firstRow, int count)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(part.FirstDie + firstRow);
        writer.Write(count);
        Write(writer, part.Dies, firstRow, count);
        if (part.Epochs is not null)
            Write(writer, part.Epochs, firstRow * part.Layout.EpochsPerDie, count * part.Layout.EpochsPerDie);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Puts the rows where they belong and marks them.</summary>
    public static void Decode(byte[] bytes, PartRows into)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        int firstRow = checked((int)(reader.ReadInt64() - into.FirstDie));
        int count = reader.ReadInt32();
        Read(reader, into.Dies, firstRow, count);
        if (into.Epochs is not null)
            Read(reader, into.Epochs, firstRow * into.Layout.EpochsPerDie, count * into.Layout.EpochsPerDie);
        into.Mark(firstRow, count);
    }

    /// <summary>Tells tables with other columns apart.</summary>
    public static byte[] Fingerprint(TableLayout layout) =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes(
                string.Join('\n', layout.Dies.Concat(layout.Epochs).Select(column => $"{column.Name} {column.Type}"))
            )
        );

    private static void Write(BinaryWriter writer, RowBlock table, int firstRow, int count)
    {
        foreach (Column column in table.Columns)
            if (table[column.Name] is string?[] texts)
                foreach (string? text in texts.AsSpan(firstRow, count))
                {
                    writer.Write(text is not null);
                    if (text is not null)
                        writer.Write(text);
                }
            else
                writer.Write(Bytes(table[column.Name], firstRow, count));
    }

    private static void Read(BinaryReader reader, RowBlock table, int firstRow, int count)
    {
        foreach (Column column in table.Columns)
            if (table[column.Name] is string?[] texts)
                foreach (ref string? text in texts.AsSpan(firstRow, count))
                    text = reader.ReadBoolean() ? reader.ReadString() : null;
            else
                reader.BaseStream.ReadExactly(Bytes(table[column.Name], firstRow, count));
    }

    private static Span<byte> Bytes(Array column, int firstRow, int count) =>
        column switch
        {
            long[] values => MemoryMarshal.AsBytes(values.AsSpan(firstRow, count)),
            double[] values => MemoryMarshal.AsBytes(values.AsSpan(firstRow, count)),
            _ => MemoryMarshal.AsBytes(((bool[])column).AsSpan(firstRow, count)),
        };
}
