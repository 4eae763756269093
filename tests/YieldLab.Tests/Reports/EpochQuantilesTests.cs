using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Learning;
using YieldLab.Tests.MonteCarlo;

namespace YieldLab.Tests.Reports;

public class EpochQuantilesTests
{
    // Two epochs a die. Part 0 has the epochs of a die that is not there, as a killed run leaves them; part 1 lacks those of die
    // 6, and die 7 is in none; die 8 failed in its second epoch; part 2 breaks off after the first epoch of die 10.
    private static readonly (long[] Dies, (long Die, double Error)[] Rows)[] Parts =
    [
        ([0, 1, 2], [(0, 10), (0, 5), (1, 20), (1, 10), (2, 30), (2, 15), (3, 999), (3, 999)]),
        ([5, 6, 8], [(5, 60), (5, 30), (8, 90), (8, double.NaN)]),
        ([10], [(10, 110)]),
    ];

    // Counted by hand: linear between order statistics, at (n - 1) p.
    [Fact]
    public void Dies_that_lack_epochs_are_missing_and_the_others_have_quantiles_counted_by_hand()
    {
        using TemporaryRun run = Written();
        Assert.Equal(
            [
                // 10, 20, 30, 60, 90, 110
                new EpochQuantiles(1, 6, 1, 12.5, 22.5, 45, 82.5, 105),
                // 5, 10, 15, 30
                new EpochQuantiles(2, 4, 3, 5.75, 8.75, 12.5, 18.75, 27.75),
            ],
            Of(run, null),
            Alike
        );
    }

    [Fact]
    public void Dies_that_do_not_count_have_no_part_in_it()
    {
        using TemporaryRun run = Written();
        // 10, 20, 30, 60 and 5, 10, 15, 30: of the dies below 8.
        Assert.Equal(
            [
                new EpochQuantiles(1, 4, 1, 11.5, 17.5, 25, 37.5, 55.5),
                new EpochQuantiles(2, 4, 1, 5.75, 8.75, 12.5, 18.75, 27.75),
            ],
            Of(run, 8),
            Alike
        );
    }

    [Fact]
    public void Part_without_its_epochs_is_named()
    {
        using TemporaryRun run = Written();
        string gone = PathOf(run, "epochs", 1);
        File.Delete(gone);
        var refused = Assert.Throws<IOException>(() => Of(run, null));
        Assert.Equal($"{gone}: the file is gone; the same run command computes its dies again", refused.Message);
    }

    // Ten decimals: products and sums of halves and twentieths.
    private static bool Alike(EpochQuantiles one, EpochQuantiles other)
    {
        static double[] Ends(EpochQuantiles q) => [q.Lowest, q.Lower, q.Median, q.Upper, q.Highest];
        return (one.Epoch, one.Dies, one.Missing) == (other.Epoch, other.Dies, other.Missing)
            && Ends(one).Zip(Ends(other)).All(pair => Math.Abs(pair.First - pair.Second) < 1e-10);
    }

    private static IReadOnlyList<EpochQuantiles> Of(TemporaryRun run, long? counted)
    {
        RunDescription tables = RunDescription.Of([RunPoint.Only(Model)], TemporaryRun.Specs);
        StoredPoint point = tables.Points[0] with { Counted = counted };
        return EpochQuantiles.Of(
            new StoredPointDies(null!, point, StoredDies.Of(run.Folder, tables, point)),
            tables.Epochs.Single(column => column.Name == FakeModel.Error)
        );
    }

    private static FakeModel Model { get; } = new() { EpochsPerDie = 2 };

    private static TemporaryRun Written()
    {
        var run = new TemporaryRun();
        foreach (var (number, (dies, rows)) in Parts.Index())
        {
            var table = new RowBlock(DieTable.Columns(Model, TemporaryRun.Specs), dies.Length);
            dies.CopyTo(table.Integers(DieTable.Die), 0);
            Write(PathOf(run, "dies", number), table);
            var epochs = new RowBlock(Model.EpochColumns, rows.Length);
            rows.Select(row => row.Die).ToArray().CopyTo(epochs.Integers(DieTable.Die), 0);
            rows.Select(row => row.Error).ToArray().CopyTo(epochs.Reals(FakeModel.Error), 0);
            Write(PathOf(run, "epochs", number), epochs);
        }
        return run;
    }

    private static string PathOf(TemporaryRun run, string table, int number) =>
        Path.Combine(run.Folder.Path, table, $"part-{number:00000}.parquet");

    private static void Write(string path, RowBlock rows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, ParquetTable.Encode(rows, [.. Enumerable.Range(0, rows.Capacity)]));
    }
}
