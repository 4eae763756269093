using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.Cli;

/// <summary>The table of dies of a run, column by column over all parts.</summary>
internal static class DieRows
{
    /// <summary>NaN stands for null.</summary>
    public static double[] Reals(string run, string column) => Read(run, part => ParquetTable.ReadReals(part, column));

    public static bool[] Truths(string run, string column) => Read(run, part => ParquetTable.ReadTruths(part, column));

    public static string?[] Texts(string run, string column) => Read(run, part => ParquetTable.ReadTexts(part, column));

    public static long[] Integers(string run, string column) =>
        Read(run, part => ParquetTable.ReadIntegers(part, column));

    private static T[] Read<T>(string run, Func<string, T[]> read) =>
        [.. RunFolder.Open(run).DieParts.SelectMany(read)];
}
