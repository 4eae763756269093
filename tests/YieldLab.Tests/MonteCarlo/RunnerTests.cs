using System.Collections.Concurrent;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

public class RunnerTests
{
    // Three parts, the last with a batch that is not full.
    private const long Samples = 2 * TableLayout.MostDiesPerPart + 1003;

    private static readonly string[] ThreeParts =
    [
        "dies/part-00000.parquet",
        "dies/part-00001.parquet",
        "dies/part-00002.parquet",
        "epochs/part-00000.parquet",
        "epochs/part-00001.parquet",
        "epochs/part-00002.parquet",
    ];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Stored_bytes_of_several_threads_are_those_of_one(int threads)
    {
        using var one = new TemporaryRun();
        using var several = new TemporaryRun();
        one.Run(new FakeModel(), Samples, 1);
        several.Run(new FakeModel(), Samples, threads);
        Assert.Equal(ThreeParts, one.Files);
        Assert.Equal(ThreeParts, several.Files);
        Assert.All(ThreeParts, file => Assert.Equal(one.Bytes(file), several.Bytes(file)));
    }

    [Fact]
    public void Stored_dies_are_those_of_the_model_in_order()
    {
        using var run = new TemporaryRun();
        run.Run(new FakeModel(), Samples, 2);
        Assert.Equal(Numbers(0, Samples), run.Dies);
        Assert.Equal(
            [TableLayout.MostDiesPerPart, TableLayout.MostDiesPerPart, 1003],
            run.Folder.DieParts.Select(part => TemporaryRun.Integers(part, DieTable.Die).Length)
        );
        foreach (string part in run.Folder.DieParts)
        {
            long[] dies = TemporaryRun.Integers(part, DieTable.Die);
            Assert.Equal(dies.Select(FakeModel.ValueOf), ParquetTable.ReadReals(part, FakeModel.Value));
            Assert.Equal(dies.Select(die => 2 * die), TemporaryRun.Integers(part, FakeModel.Level));
            Assert.Equal(dies.Select(FakeModel.LabelOf), ParquetTable.ReadTexts(part, FakeModel.Label));
            Assert.Equal(dies.Select(die => die % 2 == 0), ParquetTable.ReadTruths(part, FakeModel.Even));
            Assert.Equal(dies.Select(FakeModel.FailureOf), ParquetTable.ReadTexts(part, DieTable.Failure));
        }
    }

    [Fact]
    public void Stored_epochs_are_those_of_the_model_in_the_order_of_the_dies()
    {
        using var run = new TemporaryRun();
        run.Run(new FakeModel(), Samples, 2);
        for (int part = 0; part < 3; part++)
        {
            long[] dies = TemporaryRun.Integers(run.Folder.DieParts[part], DieTable.Die);
            string epochs = run.Folder.EpochParts[part];
            Assert.Equal(dies.SelectMany(die => new[] { die, die, die }), TemporaryRun.Integers(epochs, DieTable.Die));
            Assert.Equal(
                dies.SelectMany(die => Enumerable.Range(0, 3).Select(epoch => FakeModel.ErrorOf(die, epoch))),
                ParquetTable.ReadReals(epochs, FakeModel.Error)
            );
        }
    }

    [Fact]
    public void Study_without_epochs_stores_no_table_of_them()
    {
        using var run = new TemporaryRun();
        run.Run(new FakeModel { EpochsPerDie = 0 }, 40, 1);
        Assert.Equal(["dies/part-00000.parquet"], run.Files);
        Assert.Empty(run.Folder.EpochParts);
    }

    // Many epochs would make the memory of a part grow with their number: a part has 2^19 rows of epochs at most.
    [Fact]
    public void Many_epochs_make_parts_of_fewer_dies()
    {
        const int Epochs = 1 << 16;
        using var run = new TemporaryRun();
        run.Run(new FakeModel { EpochsPerDie = Epochs, BatchSize = 4 }, 18, 2);
        Assert.Equal(Numbers(0, 18), run.Dies);
        int[] rows = [.. run.Folder.EpochParts.Select(part => TemporaryRun.Integers(part, DieTable.Die).Length)];
        Assert.Equal(18 * Epochs, rows.Sum());
        Assert.All(rows, count => Assert.InRange(count, 1, 1 << 19));
    }

    // The first batch waits until the second part is complete, so the parts end in the wrong order.
    [Fact]
    public void Parts_that_end_out_of_order_hold_the_same_bytes()
    {
        using var inOrder = new TemporaryRun();
        inOrder.Run(new FakeModel(), Samples, 1);
        using var late = new ManualResetEventSlim();
        bool waited = false;
        var model = new FakeModel
        {
            Starting = die => waited |= die == 0 && late.Wait(TimeSpan.FromSeconds(20)),
            Finishing = die =>
            {
                if (die >= 2 * TableLayout.MostDiesPerPart)
                    late.Set();
            },
        };
        using var run = new TemporaryRun();
        run.Run(model, Samples, 2);
        Assert.True(waited, "the first batch did not see the third part begin");
        Assert.All(ThreeParts, file => Assert.Equal(inOrder.Bytes(file), run.Bytes(file)));
    }

    // A part that is complete is let go of: it is not written again at the end, as it would be if it were still held.
    [Fact]
    public void Complete_part_is_written_once_and_not_held()
    {
        using var run = new TemporaryRun();
        string first = Path.Combine(run.Folder.Path, "dies", "part-00000.parquet");
        bool written = false;
        var model = new FakeModel
        {
            Starting = die =>
            {
                if (die != 2 * TableLayout.MostDiesPerPart)
                    return;
                written = File.Exists(first);
                File.Delete(first);
            },
        };
        run.Run(model, Samples, 1);
        Assert.True(written, "the first part was not written while the third was computed");
        Assert.False(File.Exists(first), "the first part was written again");
        Assert.Equal(2, run.Folder.DieParts.Count);
    }

    [Fact]
    public void Outcome_counts_all_dies_once()
    {
        using var run = new TemporaryRun();
        var model = new FakeModel();
        RunOutcome outcome = run.Run(model, Samples, 3);
        long[] dies = Numbers(0, Samples);
        Assert.False(outcome.Interrupted);
        Assert.Equal(Samples, outcome.Progress.Done);
        Assert.Equal(Samples, outcome.Progress.Total);
        Assert.Equal(dies.Count(die => FakeModel.FailureOf(die) is not null), outcome.Progress.Failed);
        Assert.Equal(
            dies.Count(die => FakeModel.FailureOf(die) is null && FakeModel.ValueOf(die) is >= 0.2 and < 0.9),
            outcome.Progress.Passed
        );
        Assert.True(outcome.StorageTime > TimeSpan.Zero);
        Assert.Equal((3, 3), model.Workers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancellation_keeps_exactly_the_batches_that_were_begun(int threads)
    {
        using var cancel = new CancellationTokenSource();
        var gate = new Lock();
        var finished = new ConcurrentBag<long>();
        var model = new FakeModel
        {
            // In the middle of the second part. The lock makes every thread wait until the token is cancelled, so that none
            // begins a second batch beyond this die.
            Starting = die =>
            {
                if (die < TableLayout.MostDiesPerPart + 8000)
                    return;
                lock (gate)
                    cancel.Cancel();
            },
            Finishing = finished.Add,
        };
        using var run = new TemporaryRun();
        RunOutcome outcome = run.RunUntil(cancel.Token, model, Samples, threads);
        long[] expected = [.. finished.Order().SelectMany(die => Numbers(die, 16))];
        Assert.Equal(expected, run.Dies);
        Assert.InRange(expected.Length, TableLayout.MostDiesPerPart, TableLayout.MostDiesPerPart + 8000 + 16 * threads);
        Assert.True(outcome.Interrupted);
        Assert.Equal(expected.Length, outcome.Progress.Done);
        Assert.Equal(["dies/part-00000.parquet", "dies/part-00001.parquet"], run.Files.Take(2));
        Assert.All(run.Files, file => Assert.EndsWith(".parquet", file));
        Assert.Equal(
            expected.SelectMany(die => new[] { die, die, die }),
            run.Folder.EpochParts.SelectMany(part => TemporaryRun.Integers(part, DieTable.Die))
        );
    }

    [Fact]
    public void Run_that_is_cancelled_before_it_begins_stores_nothing()
    {
        using var run = new TemporaryRun();
        RunOutcome outcome = run.RunUntil(new(canceled: true), new FakeModel(), 100, 2);
        Assert.True(outcome.Interrupted);
        Assert.Equal(0, outcome.Progress.Done);
        Assert.Empty(run.Files);
    }

    // An hour-long run does not end because one die breaks whatever computes it; the die is data.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Exception_at_a_die_is_a_failed_die_and_all_others_are_computed(int threads)
    {
        const long Broken = TableLayout.MostDiesPerPart + 165;
        var model = new FakeModel { Computing = die => BreakAt(die, Broken) };
        using var broken = new TemporaryRun();
        using var whole = new TemporaryRun();
        RunOutcome outcome = broken.Run(model, Samples, threads);
        whole.Run(new FakeModel(), Samples, threads);
        Assert.Equal(RunEnd.Complete, outcome.End);
        Assert.Equal(Numbers(0, Samples), broken.Dies);
        string[] parts = [.. broken.Folder.DieParts];
        Assert.Equal("error: InvalidOperationException: no such die", Failure(parts[1], 165));
        Assert.Equal([null], TemporaryRun.Reals(parts[1], FakeModel.Value)[165..166]);
        Assert.Equal(whole.Bytes("dies/part-00000.parquet"), broken.Bytes("dies/part-00000.parquet"));
        double?[] values = TemporaryRun.Reals(parts[1], FakeModel.Value);
        values[165] = TemporaryRun.Reals(whole.Folder.DieParts[1], FakeModel.Value)[165];
        Assert.Equal(TemporaryRun.Reals(whole.Folder.DieParts[1], FakeModel.Value), values);
        Assert.Equal(model.Workers.Created, model.Workers.Disposed);

        static void BreakAt(long die, long broken)
        {
            if (die == broken)
                throw new InvalidOperationException("no such\ndie");
        }

        static string? Failure(string part, int row) => ParquetTable.ReadTexts(part, DieTable.Failure)[row];
    }

    [Fact]
    public void Exception_in_making_a_worker_surfaces()
    {
        var fault = new InvalidOperationException("no worker");
        using var run = new TemporaryRun();
        var model = new FakeModel { CreatingWorker = () => throw fault };
        Assert.Same(fault, Assert.Throws<InvalidOperationException>(() => run.Run(model, 100, 2)));
        Assert.Empty(run.Files);
    }

    // A temporary file that is a link to /dev/full: opening it works and writing to it fails, as on a full disk.
    [Theory]
    [InlineData("dies")]
    [InlineData("epochs")]
    public void Full_disk_surfaces_as_one_line_and_earlier_parts_are_kept(string table)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using var run = new TemporaryRun();
        string target = Path.Combine(run.Folder.Path, table, "part-00001.parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.CreateSymbolicLink(target + ".tmp", "/dev/full");
        var fault = Assert.Throws<IOException>(() => run.Run(new FakeModel(), Samples, 1));
        Assert.Equal(
            $"{target}: cannot be written (No space left on device : '{target}.tmp'); dies stored before are kept",
            fault.Message
        );
        Assert.Equal(
            Numbers(0, TableLayout.MostDiesPerPart),
            TemporaryRun.Integers(run.Folder.DieParts[0], DieTable.Die)
        );
        Assert.DoesNotContain(run.Files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Full_disk_at_the_only_part_surfaces()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using var run = new TemporaryRun();
        string target = Path.Combine(run.Folder.Path, "dies", "part-00000.parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.CreateSymbolicLink(target + ".tmp", "/dev/full");
        var fault = Assert.Throws<IOException>(() => run.Run(new FakeModel(), 100, 2));
        Assert.StartsWith($"{target}: cannot be written (No space left on device", fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void Run_without_threads_is_refused()
    {
        using var run = new TemporaryRun();
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Run(new FakeModel(), 1, 0));
    }

    [Fact]
    public void Progress_gives_rate_and_remaining_time()
    {
        var half = new RunProgress(500, 1000, 400, 10, TimeSpan.FromSeconds(5));
        Assert.Equal(100, half.Rate);
        Assert.Equal(TimeSpan.FromSeconds(5), half.Remaining);
        Assert.Null(new RunProgress(0, 1000, 0, 0, TimeSpan.Zero).Remaining);
    }

    private static long[] Numbers(long first, long count) =>
        [.. Enumerable.Range(0, (int)count).Select(i => first + i)];
}
