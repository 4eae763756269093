using Parquet;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.Cli;

/// <summary>The table of dies of a run, column by column over all parts.</summary>
internal static class StoredDies
{
    /// <summary>NaN stands for null.</summary>
    public static double[] Reals(string run, string column) => Read(run, part => ParquetTable.ReadReals(part, column));

    public static bool[] Truths(string run, string column) => Read(run, part => ParquetTable.ReadTruths(part, column));

    public static string?[] Texts(string run, string column) => Read(run, part => ParquetTable.ReadTexts(part, column));

    public static long[] Integers(string run, string column) =>
        Read(run, part => IntegersAsync(part, column).GetAwaiter().GetResult());

    private static T[] Read<T>(string run, Func<string, T[]> read) =>
        [.. RunFolder.Open(run).DieParts.SelectMany(read)];

    private static async Task<long[]> IntegersAsync(string part, string column)
    {
        await using var reader = await ParquetReader.CreateAsync(part);
        var field = reader.Schema.DataFields.Single(field => field.Name == column);
        var values = new List<long>();
        foreach (var group in reader.RowGroups)
        {
            long[] ofGroup = new long[group.RowCount];
            await group.ReadAsync<long>(field, ofGroup.AsMemory());
            values.AddRange(ofGroup);
        }
        return [.. values];
    }
}
