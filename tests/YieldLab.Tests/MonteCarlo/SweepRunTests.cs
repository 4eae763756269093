using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>Several points in one folder: each has the rows that it would have alone, and its values beside them.</summary>
public sealed class SweepRunTests : IDisposable
{
    private static readonly Column Rate = new("rate", ColumnType.Real, "Hz", "Swept: A rate");
    private static readonly Column Kind = new("kind", ColumnType.Text, "1", "Swept: A kind");

    private readonly TemporaryRun _run = new();

    [Fact]
    public void Each_point_has_a_folder_below_each_table()
    {
        Run(100, Point(0, 0.5, "a"), Point(1, 0.25, "b"));
        Assert.Equal(
            [
                "dies/point=00000/part-00000.parquet",
                "dies/point=00001/part-00000.parquet",
                "epochs/point=00000/part-00000.parquet",
                "epochs/point=00001/part-00000.parquet",
            ],
            _run.Files
        );
        Assert.Equal(_run.Files.Take(2), _run.Folder.DieParts.Select(Relative));
        Assert.Equal(_run.Files.Skip(2), _run.Folder.EpochParts.Select(Relative));
    }

    [Fact]
    public void Swept_values_stand_in_both_tables_behind_the_die()
    {
        Run(100, Point(0, 0.5, "a"), Point(1, 0.25, "b"));
        for (int point = 0; point < 2; point++)
        {
            var (rate, kind) = point == 0 ? (0.5, "a") : (0.25, "b");
            foreach (string part in new[] { _run.Folder.DieParts[point], _run.Folder.EpochParts[point] })
            {
                Assert.Equal(["die", "rate", "kind"], ParquetTable.ColumnNames(part).Take(3));
                int rows = TemporaryRun.Integers(part, DieTable.Die).Length;
                Assert.Equal(part.Contains("epochs") ? 300 : 100, rows);
                Assert.Equal(Enumerable.Repeat<double?>(rate, rows), TemporaryRun.Reals(part, "rate"));
                Assert.Equal(Enumerable.Repeat(kind, rows), ParquetTable.ReadTexts(part, "kind"));
                Assert.Equal("Hz", TemporaryRun.Metadata(part)["unit.rate"]);
                Assert.Equal("Swept: A rate", TemporaryRun.Metadata(part)["meaning.rate"]);
            }
        }
    }

    [Fact]
    public void All_other_columns_are_those_of_the_point_alone()
    {
        using var alone = new TemporaryRun();
        alone.Run(new FakeModel(), 100, 1);
        Run(100, Point(0, 0.5, "a"), Point(1, 0.25, "b"));
        foreach (string part in _run.Folder.DieParts)
        {
            Assert.Equal(
                ParquetTable.ColumnNames(alone.Folder.DieParts[0]),
                ParquetTable.ColumnNames(part).Except(["rate", "kind"])
            );
            Assert.Equal(
                TemporaryRun.Reals(alone.Folder.DieParts[0], FakeModel.Value),
                TemporaryRun.Reals(part, FakeModel.Value)
            );
            foreach (string column in new[] { DieTable.Status, DieTable.Failure, FakeModel.Label })
                Assert.Equal(
                    ParquetTable.ReadTexts(alone.Folder.DieParts[0], column),
                    ParquetTable.ReadTexts(part, column)
                );
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Stored_bytes_of_several_threads_are_those_of_one(int threads)
    {
        RunPoint[] points = [Point(0, 0.5, "a"), Point(1, 0.25, "b"), Point(2, 0.125, "c")];
        using var several = new TemporaryRun();
        Run(1003, points);
        RunIn(several, points, RunRequest.First(1003), threads);
        AssertSame(_run, several);
    }

    // A thread goes on with the next point while another is at the last batch of one.
    [Fact]
    public void Run_that_was_cancelled_goes_on_in_the_point_where_it_was()
    {
        RunPoint[] whole = [Point(0, 0.5, "a"), Point(1, 0.25, "b"), Point(2, 0.125, "c")];
        Run(300, whole);
        using var run = new TemporaryRun();
        var computed = new ConcurrentBag<(int, long)>();
        foreach (int last in new[] { 0, 1, 2 })
        {
            using var cancel = new CancellationTokenSource();
            RunPoint[] points = [.. whole.Select((point, i) => point with { Model = Cancelling(i, last, cancel) })];
            Assert.Equal(RunEnd.Interrupted, Runner(run, points, RunRequest.First(300)).Run(2, cancel.Token).End);
        }
        RunPoint[] rest = [.. whole.Select((point, i) => point with { Model = Counting(i) })];
        RunOutcome end = RunIn(run, rest, RunRequest.First(300), 2);
        Assert.Equal((RunEnd.Complete, 900), (end.End, end.Progress.Done));
        Assert.InRange(end.Progress.Kept, 600 + 160, 899);
        Assert.Equal(900, computed.Distinct().Count());
        Assert.Equal(900, computed.Count);
        AssertSame(_run, run);

        FakeModel Counting(int point) => new() { NullIsNever = true, Computing = die => computed.Add((point, die)) };
        FakeModel Cancelling(int point, int last, CancellationTokenSource cancel) =>
            new()
            {
                NullIsNever = true,
                Computing = die => computed.Add((point, die)),
                Starting = die =>
                {
                    if (point == last && die >= 160)
                        cancel.Cancel();
                },
            };
    }

    [Fact]
    public void Only_points_that_are_missing_are_computed()
    {
        RunPoint[] points = [Point(0, 0.5, "a"), Point(2, 0.125, "c"), Point(1, 0.25, "b")];
        using var whole = new TemporaryRun();
        RunIn(whole, points, RunRequest.First(100), 1);
        Run(100, points[0], points[2]);
        FakeModel idle = new() { Computing = die => Assert.Fail($"die {die} is computed again") };
        RunOutcome outcome = Run(100, points[0] with { Model = idle }, points[1], points[2] with { Model = idle });
        Assert.Equal((RunEnd.Complete, 300, 200), (outcome.End, outcome.Progress.Done, outcome.Progress.Kept));
        AssertSame(whole, _run);
    }

    // Models with other failures have other ends.
    [Fact]
    public void Rule_ends_each_point_by_itself()
    {
        var rule = new StopRule(null, 0.76);
        RunPoint[] points = [Point(0, 0.5, "a"), Point(1, 0.25, "b") with { Model = new FakeModel { Mended = true } }];
        RunOutcome outcome = RunIn(_run, points, RunRequest.First(20_000) with { Rule = rule }, 3);
        Assert.Equal(RunEnd.Decided, outcome.End);
        Assert.All(outcome.Decisions, decision => Assert.Equal(StopReason.BelowTarget, decision!.Reason));
        Assert.NotEqual(outcome.Decisions[0]!.Dies, outcome.Decisions[1]!.Dies);
        for (int i = 0; i < 2; i++)
        {
            using var alone = new TemporaryRun();
            Runner runner = alone.Runner((FakeModel)points[i].Model, RunRequest.First(20_000) with { Rule = rule });
            Assert.Equal(outcome.Decisions[i], runner.Run(1, TestContext.Current.CancellationToken).Decisions.Single());
        }
        Assert.Equal(outcome.Decisions.Sum(decision => decision!.Dies), outcome.Progress.Done);
        Assert.Equal(outcome.Progress.Done, outcome.Progress.Total);
        Assert.Equal(outcome.Decisions.Sum(decision => decision!.Dies), _run.Dies.Length);
    }

    [Fact]
    public void Time_that_is_over_leaves_points_without_a_die()
    {
        RunPoint[] points = [Slow(0), Slow(1)];
        RunRequest request = RunRequest.First(100_000) with { After = TimeSpan.FromMilliseconds(1) };
        Assert.Equal(RunEnd.TimeOver, RunIn(_run, points, request, 1).End);
        Assert.All(_run.Files, file => Assert.Contains("point=00000", file));

        RunPoint Slow(int number) =>
            Point(number, number, "a") with
            {
                Model = new FakeModel { Starting = _ => Thread.Sleep(5) },
            };
    }

    [Fact]
    public void Description_is_read_as_it_was_written()
    {
        RunPoint[] points = [Point(0, 0.1 + 0.2, "a \"b\" ü"), Point(1, 1e-300, "")];
        var description = RunDescription.Of(points, TemporaryRun.Specs);
        description = description with
        {
            Points = [description.Points[0] with { Counted = 1L << 40 }, description.Points[1]],
        };
        RunDescription read = Reread(description);
        Assert.Equal(description.Specs, read.Specs);
        Assert.Equal(description.Dies, read.Dies);
        Assert.Equal(description.Epochs, read.Epochs);
        Assert.Equal(Enum.GetValues<ColumnType>(), read.Dies.Select(column => column.Type).Distinct().Order());
        Assert.Contains(read.Dies, column => column is { IsMetric: true, NullIsNever: true });
        Assert.Equal(description.Points.Select(Parts), read.Points.Select(Parts));
        Assert.Equal([1L << 40, null], read.Points.Select(point => point.Counted));
        Assert.Equal(
            [(Rate, 0.1 + 0.2), (Kind, "a \"b\" ü"), (Rate, 1e-300), (Kind, "")],
            read.Points.SelectMany(point => point.Swept).Select(value => (value.Column, value.Value))
        );

        static (string, int, int) Parts(StoredPoint point) => (point.Name, point.EpochsPerDie, point.DiesPerPart);
    }

    [Fact]
    public void Description_of_a_study_without_epochs_and_sweep_is_read_as_it_was_written()
    {
        var description = RunDescription.Of([RunPoint.Only(new FakeModel { EpochsPerDie = 0 })], TemporaryRun.Specs);
        RunDescription read = Reread(description);
        Assert.Equal(description.Dies, read.Dies);
        Assert.Empty(read.Epochs);
        Assert.Equal(("", 0, null), (read.Points[0].Name, read.Points[0].EpochsPerDie, read.Points[0].Counted));
        Assert.Empty(read.Points[0].Swept);
    }

    [Fact]
    public void Description_of_an_older_version_is_refused()
    {
        _run.Folder.WriteManifest(new() { ["program"] = "yieldlab 0" });
        Assert.Equal(
            $"{_run.Folder.Path}: the run was written by an older version of the program; run the study again with --overwrite",
            Assert.Throws<IOException>(() => RunDescription.Read(_run.Folder)).Message
        );
    }

    [Fact]
    public void Stored_run_is_read_without_its_study()
    {
        RunPoint[] points = [Point(0, 0.5, "a"), Point(1, 0.25, "b") with { Model = new FakeModel { Mended = true } }];
        Run(200, points);
        var description = RunDescription.Of(points, TemporaryRun.Specs);
        description = description with
        {
            Points = [description.Points[0], description.Points[1] with { Counted = 64 }],
        };
        JsonObject about = new() { ["ideal"] = new JsonObject { ["value"] = 0.75 } };
        JsonObject stopped = (JsonObject)about.DeepClone();
        stopped["stopped"] = new JsonObject { ["because"] = "it is enough" };
        _run.Folder.WriteManifest(
            new()
            {
                ["program"] = "yieldlab 0",
                ["status"] = "decided",
                ["study"] = new JsonObject { ["name"] = "fake" },
                ["estimate"] = new EstimateRule.AnyTime { Confidence = 0.9 }.ToJson(),
                ["points"] = new JsonObject { ["point=00000"] = about, ["point=00001"] = stopped },
                [RunDescription.Key] = description.ToJson(),
            }
        );
        var stored = StoredRun.Read(_run.Folder);
        Assert.Equal(("fake", false, 264), (stored.Name, stored.IsComplete, stored.Dies));
        Assert.Equal(new EstimateRule.AnyTime { Confidence = 0.9 }, stored.Rule);
        Assert.Equal([Rate, Kind], stored.Swept);
        Assert.Equal(Enumerable.Range(0, 200).Count(die => FakeModel.FailureOf(die) is not null), stored.Failed);
        Assert.Equal(stored.Points.Min(point => point.Yields[^1].Value), stored.LowestYield);
        Assert.Equal(64, stored.Points[1].Dies);
        Assert.Equal([null, "it is enough"], stored.Points.Select(point => stored.Reason(point.Point)));
        Assert.All(stored.Points, point => Assert.Equal(0.75, (double)stored.Ideal(point.Point)["value"]!));
    }

    public static TheoryData<string, string, string?> Differences =>
        new()
        {
            { """{ "a": 1, "b": { "c": "x" } }""", """{ "b": { "c": "x" }, "a": 1 }""", null },
            { """{ "seed": 1 }""", """{ "seed": 2 }""", "seed is 1 there and 2 here" },
            {
                """{ "a": { "b": { "c": 0.5 } } }""",
                """{ "a": { "b": { "c": 0.25 } } }""",
                "a.b.c is 0.5 there and 0.25 here"
            },
            { """{ "a": "x y" }""", """{ "a": "z" }""", "a is x y there and z here" },
            { """{ "a": [1, 2] }""", """{ "a": [1, 2, 3] }""", "a is [1,2] there and [1,2,3] here" },
            { """{ "a": ["x"] }""", """{ "a": "x" }""", """a is ["x"] there and x here""" },
            { """{ "a": null }""", "{ }", null },
            { "{ }", """{ "a": { "b": null } }""", null },
            { """{ "a": 1 }""", """{ "a": null }""", "a is 1 there and absent here" },
            { "{ }", """{ "a": { "b": true } }""", "a.b is absent there and true here" },
            {
                """{ "a": 1 }""",
                """{ "a": { "b": 1 } }""",
                "a is 1 there and absent here; a.b is absent there and 1 here"
            },
            {
                """{ "a": 1, "b": 1, "c": 1, "d": 1 }""",
                """{ "d": 2, "c": 2, "b": 2, "a": 2 }""",
                "a is 1 there and 2 here; b is 1 there and 2 here; c is 1 there and 2 here; d is 1 there and 2 here"
            },
            {
                """{ "a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1 }""",
                "{ }",
                "a is 1 there and absent here; b is 1 there and absent here; c is 1 there and absent here; d is 1 there and absent here; and 2 more"
            },
        };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Difference_of_two_descriptions_is_told_in_words(string there, string here, string? expected) =>
        Assert.Equal(expected, JsonDifference.Of(Json(there), Json(here)));

    public void Dispose() => _run.Dispose();

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static RunPoint Point(int number, double rate, string kind) =>
        new(RunPoint.NameOf(number), [new(Rate, rate), new(Kind, kind)], new FakeModel { NullIsNever = true });

    private RunOutcome Run(long samples, params RunPoint[] points) => RunIn(_run, points, RunRequest.First(samples), 1);

    private static RunOutcome RunIn(TemporaryRun run, RunPoint[] points, RunRequest request, int threads) =>
        Runner(run, points, request).Run(threads, TestContext.Current.CancellationToken);

    private static Runner Runner(TemporaryRun run, RunPoint[] points, RunRequest request) =>
        new(points, TemporaryRun.Specs, run.Folder, request);

    private RunDescription Reread(RunDescription description)
    {
        _run.Folder.WriteManifest(new() { ["program"] = "yieldlab 0", [RunDescription.Key] = description.ToJson() });
        return RunDescription.Read(_run.Folder);
    }

    private string Relative(string path) => Path.GetRelativePath(_run.Folder.Path, path).Replace('\\', '/');

    private static void AssertSame(TemporaryRun expected, TemporaryRun actual)
    {
        Assert.Equal(expected.Files, actual.Files);
        Assert.All([.. expected.Files, "parts.sha256"], file => Assert.Equal(expected.Bytes(file), actual.Bytes(file)));
    }
}
