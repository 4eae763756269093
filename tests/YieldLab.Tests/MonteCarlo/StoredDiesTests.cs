using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>Stored dies of a point, the first of them, and columns that are kept.</summary>
public sealed class StoredDiesTests
{
    // 64 dies a part.
    private static readonly FakeModel Model = new() { EpochsPerDie = 8192, NullIsNever = true };

    // The oracle is the model; parts that are torn show that they are not read.
    [Fact]
    public void First_dies_are_those_of_the_model_and_no_other_part_is_read()
    {
        using var run = new TemporaryRun();
        run.Run(Model, 200, threads: 2);
        StoredDies all = Stored(run);
        Assert.Equal(4, all.EpochParts.Count);
        foreach (string part in run.Folder.DieParts.Skip(2))
            File.WriteAllText(part, "torn");
        foreach (int count in new[] { 1, 64, 65, 128 })
        {
            StoredDies first = all.First(count);
            long[] dies = [.. Enumerable.Range(0, count)];
            Assert.Equal(dies, first.Indices);
            Assert.Equal(dies.Select(die => FakeModel.LabelOf(die)), first.Texts(FakeModel.Label));
            Assert.Equal(all.EpochParts.Take((count + 63) / 64), first.EpochParts);
            Assert.Equal(0, first.Uncounted);
        }
        Assert.Equal(all.Indices, all.First(1000).Indices);
        Assert.Throws<IOException>(() => all.First(129).Texts(FakeModel.Label));
    }

    // "Never" is infinite in a metric, and missing in the column that it is made of.
    [Fact]
    public void Kept_columns_are_read_once_and_stay_as_they_are()
    {
        using var run = new TemporaryRun();
        run.Run(Model, 120, threads: 2);
        Column metric = Model.DieColumns.Single(column => column.Name == FakeModel.Value);
        StoredDies plain = Stored(run);
        StoredDies kept = plain.Keeping();
        double[] expected = plain.Metric(metric);
        double[] column = plain.Reals(FakeModel.Value);
        Assert.Contains(double.PositiveInfinity, expected);
        Assert.Equal(expected, kept.Metric(metric));
        Assert.Equal(column, kept.Reals(FakeModel.Value));
        Assert.NotSame(plain.Reals(FakeModel.Value), plain.Reals(FakeModel.Value));
        foreach (string part in run.Folder.DieParts)
            File.WriteAllText(part, "torn");
        Assert.Same(kept.Reals(FakeModel.Value), kept.Reals(FakeModel.Value));
        Assert.Equal(expected, kept.Metric(metric));
    }

    private static StoredDies Stored(TemporaryRun run)
    {
        var description = RunDescription.Of([RunPoint.Only(Model)], TemporaryRun.Specs);
        return StoredDies.Of(run.Folder, description, description.Points[0]);
    }
}
