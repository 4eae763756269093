using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

public class DieTableTests
{
    [Fact]
    public void Columns_stand_in_the_promised_order() =>
        Assert.Equal(
            [
                "die",
                "status",
                "failure",
                "value",
                "level",
                "label",
                "even",
                "pass_value_above_0p2",
                "pass_value_strictly_below_0p9",
                "pass",
            ],
            DieTable.Columns(new FakeModel(), TemporaryRun.Specs).Select(column => column.Name)
        );

    [Fact]
    public void Column_of_a_specification_names_it_in_its_meaning()
    {
        var columns = DieTable.Columns(new FakeModel(), TemporaryRun.Specs);
        Assert.Equal(
            "Whether the die meets value >= 0.2",
            columns.Single(column => column.Name == "pass_value_above_0p2").Meaning
        );
        Assert.DoesNotContain(columns, column => column.IsMetric && column.Name != FakeModel.Value);
    }

    // Every die judged by hand: a failed die meets nothing though its value is there, and neither does a value that is
    // not. The 303 dies hold each combination.
    [Fact]
    public void Dies_are_judged_as_by_hand()
    {
        using var run = new TemporaryRun();
        run.Run(new FakeModel(), 303, 1);
        string part = run.Folder.DieParts[0];
        string?[] status = ParquetTable.ReadTexts(part, DieTable.Status);
        bool[] above = ParquetTable.ReadTruths(part, TemporaryRun.Specs[0].Column);
        bool[] below = ParquetTable.ReadTruths(part, TemporaryRun.Specs[1].Column);
        bool[] pass = ParquetTable.ReadTruths(part, DieTable.Pass);
        var seen = new HashSet<(string?, bool, bool, bool)>();
        for (int die = 0; die < 303; die++)
        {
            bool ok = FakeModel.FailureOf(die) is null;
            double value = FakeModel.ValueOf(die);
            var expected = (
                ok ? "ok" : "failed",
                ok && value >= 0.2,
                ok && value < 0.9,
                ok && value is >= 0.2 and < 0.9
            );
            var actual = (status[die], above[die], below[die], pass[die]);
            Assert.True(expected == actual, $"die {die} with {value}: {actual} instead of {expected}");
            seen.Add(actual);
        }
        // Failed; without a value; too low; too high; good.
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public void Value_that_is_never_reached_meets_lower_limits_and_no_upper_ones()
    {
        using var run = new TemporaryRun();
        run.Run(new FakeModel { NullIsNever = true }, 303, 1);
        string part = run.Folder.DieParts[0];
        bool[] above = ParquetTable.ReadTruths(part, TemporaryRun.Specs[0].Column);
        bool[] below = ParquetTable.ReadTruths(part, TemporaryRun.Specs[1].Column);
        int[] never = [.. Enumerable.Range(0, 303).Where(die => double.IsNaN(FakeModel.ValueOf(die)))];
        Assert.Equal([7, 108, 209], never);
        Assert.All(never, die => Assert.Equal((true, false), (above[die], below[die])));
        Assert.All(never, die => Assert.Null(FakeModel.FailureOf(die)));
    }

    // Without specifications a die passes when it did not fail.
    [Fact]
    public void Without_specifications_every_die_passes_that_did_not_fail()
    {
        using var run = new TemporaryRun();
        new Runner([RunPoint.Only(new FakeModel())], [], run.Folder, RunRequest.First(50)).Run(
            1,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            Enumerable.Range(0, 50).Select(die => FakeModel.FailureOf(die) is null),
            ParquetTable.ReadTruths(run.Folder.DieParts[0], DieTable.Pass)
        );
    }
}
