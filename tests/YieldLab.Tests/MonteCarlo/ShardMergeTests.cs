using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CsCheck;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>
/// However a run was cut into shards, and whatever became of them: gathered, they are the bytes of one run in one go, or the
/// dies that are missing are named.
/// </summary>
public sealed class ShardMergeTests
{
    // Two parts: their boundary lies inside a shard, and boundaries of shards lie inside parts and batches.
    private const long Samples = TableLayout.MostDiesPerPart + 1003;

    // Files of a run in one go, by its number of dies.
    private static readonly ConcurrentDictionary<long, IReadOnlyDictionary<string, byte[]>> Wholes = new();

    private static readonly RunPoint[] Only = [RunPoint.Only(new FakeModel())];

    [Theory]
    [InlineData(Samples, 1)]
    [InlineData(Samples, 2)]
    [InlineData(Samples, 5)]
    [InlineData(3, 5)]
    public void Merged_shards_are_the_bytes_of_one_run(long samples, int count)
    {
        using var run = new TemporaryShards { Samples = samples };
        run.RunShards(new(0, samples), count);
        run.Merge();
        AssertWhole(run);
        Assert.Equal(count, run.Shards.Count);
    }

    // Not at a multiple of a batch; in the middle of a part, at its end, and beyond.
    [Theory]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(TableLayout.MostDiesPerPart)]
    [InlineData(TableLayout.MostDiesPerPart + 5)]
    [InlineData(Samples)]
    public void Shards_extend_the_run_that_is_in_the_folder(long first)
    {
        using var run = new TemporaryShards { Samples = Samples };
        run.Run(run.Target, new(0, first), Only, manifest => manifest["samples"] = first);
        run.RunShards(new(first, Samples), 3);
        run.Merge();
        AssertWhole(run);
        JsonNode manifest = JsonNode.Parse(run.Bytes("manifest.json"))!;
        Assert.Equal(
            ("complete", Samples, Samples, null),
            ((string)manifest["status"]!, (long)manifest["samples"]!, (long)manifest["dies"]!, manifest["first_die"])
        );
    }

    // A run of more dies than the shards were asked for.
    [Fact]
    public void Dies_that_the_folder_has_beyond_those_of_the_shards_are_kept()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.Run(run.Target, new(0, 500), Only, manifest => manifest["samples"] = 500);
        run.RunShards(new(0, 100), 2);
        run.Merge();
        Assert.Equal(500, (long)JsonNode.Parse(run.Bytes("manifest.json"))!["samples"]!);
        AssertWhole(run, 500);
    }

    [Theory]
    [InlineData(0, "dies 0 to 24 are missing")]
    [InlineData(1, "dies 25 to 49 are missing")]
    [InlineData(3, "dies 75 to 99 are missing")]
    public void Shard_that_is_not_there_is_told_by_its_dies(int index, string expected)
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.RunShards(new(0, 100), 4);
        Directory.Delete(run.Shard(index, 4), recursive: true);
        Assert.Equal(expected, run.Missing());
    }

    [Fact]
    public void Shard_that_is_not_complete_is_told_by_the_dies_that_it_lacks()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.RunShards(new(0, 100), 4);
        Directory.Delete(run.Shard(2, 4), recursive: true);
        run.Run(run.Shard(2, 4), new(50, 61), Only);
        Assert.Equal("dies 61 to 74 are missing", run.Missing());
        run.Run(run.Shard(2, 4), new(50, 75), Only);
        run.Merge();
        AssertWhole(run);
    }

    [Fact]
    public void Dies_that_are_missing_of_a_point_are_told_with_its_name()
    {
        using var run = new TemporaryShards { Samples = 50 };
        run.RunShards(new(0, 50), 2, Points(0.1, 0.2));
        File.Delete(Path.Combine(run.Shard(1, 2), "dies", "point=00001", "part-00000.parquet"));
        Assert.Equal("dies 25 to 49 of point=00001 are missing", run.Missing());
    }

    [Theory]
    [InlineData("dies/part-00000.parquet")]
    [InlineData("epochs/part-00000.parquet")]
    public void Torn_part_of_a_shard_is_told_by_its_dies_and_mended_by_running_the_shard_again(string part)
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.RunShards(new(0, 100), 2);
        string file = Path.Combine(run.Shard(1, 2), part);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^20]);
        Assert.Equal("dies 50 to 99 are missing", run.Missing());
        run.Run(run.Shard(1, 2), new(50, 100), Only);
        run.Merge();
        AssertWhole(run);
    }

    [Fact]
    public void Shards_that_overlap_are_merged_where_their_rows_are_the_same()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.Run(run.Shard(0, 2), new(0, 70), Only);
        run.Run(run.Shard(1, 2), new(40, 100), Only);
        run.Merge();
        AssertWhole(run);
    }

    // Die 44 fails in one and not in the other.
    [Fact]
    public void Die_with_two_different_rows_is_refused()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.Run(run.Shard(0, 2), new(0, 70), Only);
        run.Run(run.Shard(1, 2), new(40, 100), [RunPoint.Only(new FakeModel { Mended = true })]);
        Assert.Equal(
            "dies/part-00000.parquet: die 44 has two different rows; run the shards again with one version of the program on machines of one kind",
            run.Refusal()
        );
    }

    [Fact]
    public void Shard_of_another_study_is_refused_with_the_difference()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.RunShards(new(0, 100), 2);
        run.Run(run.Shard(1, 2), new(50, 100), Only, manifest => manifest["identity"]!["training"]!["l2"] = 0.25);
        string[] names = [Path.Combine("run", "shards", "0-of-2"), Path.Combine("run", "shards", "1-of-2")];
        Assert.Equal(
            $"{names[1]}: the folder holds another study than {names[0]}: training.l2 is 0.5 there and 0.25 here; expected shards of one run",
            run.Refusal()
        );
    }

    [Fact]
    public void Run_of_another_study_in_the_folder_is_refused_with_the_difference()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.Run(run.Target, new(0, 10), Only, manifest => manifest["identity"]!["seed"] = 2);
        run.RunShards(new(0, 100), 2);
        Assert.Equal(
            $"{Path.Combine("run", "shards", "0-of-2")}: the folder holds another study than run: seed is 2 there and 1 here; expected shards of one run",
            run.Refusal()
        );
    }

    [Fact]
    public void Merged_shards_of_a_sweep_are_the_bytes_of_one_run_of_it()
    {
        using var run = new TemporaryShards { Samples = 100 };
        using var whole = new TemporaryShards { Samples = 100 };
        whole.Run(whole.Target, new(0, 100), Points(0.1, 0.2, 0.4));
        run.RunShards(new(0, 100), 3, Points(0.1, 0.2, 0.4));
        run.Merge();
        Assert.Equal(whole.Files, run.Files);
        Assert.All(
            whole.Files.Where(file => file != "manifest.json"),
            file => Assert.Equal(whole.Bytes(file), run.Bytes(file))
        );
    }

    // Whichever two of the folders have the point.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Points_that_differ_between_shards_are_refused(bool afterAnEarlierRun)
    {
        using var run = new TemporaryShards { Samples = 100 };
        if (afterAnEarlierRun)
            run.Run(run.Target, new(0, 100), Points(0.1));
        run.Run(run.Shard(0, 2), new(0, 50), Points(0.1, 0.2));
        run.Run(run.Shard(1, 2), new(50, 100), Points(0.1, 0.4));
        string[] names = [Path.Combine("run", "shards", "0-of-2"), Path.Combine("run", "shards", "1-of-2")];
        Assert.Equal(
            $"{names[1]}: point=00001 is another point than in {names[0]}; expected shards of one sweep",
            run.Refusal()
        );
    }

    // As where a file that a point names was changed between two shards.
    [Fact]
    public void Point_whose_settings_differ_between_shards_is_refused()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.Run(run.Shard(0, 2), new(0, 50), Points(0.1, 0.2));
        run.Run(
            run.Shard(1, 2),
            new(50, 100),
            Points(0.1, 0.2),
            manifest => manifest["points"]!["point=00001"]!["identity_sha256"] = "another"
        );
        string[] names = [Path.Combine("run", "shards", "0-of-2"), Path.Combine("run", "shards", "1-of-2")];
        Assert.Equal(
            $"{names[1]}: point=00001 is another point than in {names[0]}; expected shards of one sweep",
            run.Refusal()
        );
    }

    [Fact]
    public void Points_that_only_some_of_the_folders_have_are_all_described()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.Run(run.Target, new(0, 100), Points(0.1));
        run.RunShards(new(0, 100), 2, Points(0.1, 0.2));
        run.Merge();
        using var folder = RunFolder.Open(run.Target);
        var stored = StoredRun.Read(folder);
        Assert.Equal([100, 100], stored.Points.Select(point => point.Dies));
        Assert.All(stored.Points, point => Assert.Equal(1, (int)stored.Ideal(point.Point)["value"]!));
    }

    [Fact]
    public void Merging_again_changes_nothing()
    {
        using var run = new TemporaryShards { Samples = Samples };
        run.RunShards(new(0, Samples), 2);
        run.Merge();
        byte[] manifest = run.Bytes("manifest.json");
        run.Merge();
        AssertWhole(run);
        Assert.Equal(manifest, run.Bytes("manifest.json"));
    }

    // Deleting the shards was broken off: the run has all dies of those that are gone.
    [Fact]
    public void Merging_again_with_some_of_the_shards_changes_nothing()
    {
        using var run = new TemporaryShards { Samples = Samples };
        run.RunShards(new(0, Samples), 3);
        run.Merge();
        Directory.Delete(run.Shard(0, 3), recursive: true);
        run.Merge();
        AssertWhole(run);
    }

    // A temporary file that is a link to /dev/full ends the merge where that file is written.
    [Theory]
    [InlineData("epochs/part-00000.parquet", false)]
    [InlineData("dies/part-00000.parquet", true)]
    [InlineData("epochs/part-00001.parquet", false)]
    [InlineData("dies/part-00001.parquet", true)]
    [InlineData("manifest.json", false)]
    [InlineData("manifest.json", true)]
    [InlineData("parts.sha256", true)]
    public void Merge_that_was_broken_off_is_done_by_merging_again(string file, bool extends)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using var run = new TemporaryShards { Samples = Samples };
        long first = extends ? 500 : 0;
        if (extends)
            run.Run(run.Target, new(0, first), Only, manifest => manifest["samples"] = first);
        run.RunShards(new(first, Samples), 2);
        string target = Path.Combine(run.Target, file);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.CreateSymbolicLink(target + ".tmp", "/dev/full");
        using (var merge = ShardMerge.Open(run.Target, run.Shards))
        {
            Assert.Null(merge.Missing());
            Assert.Contains("cannot be written", Assert.Throws<IOException>(merge.Run).Message);
        }
        Assert.Equal(2, run.Shards.Count);
        run.Merge();
        AssertWhole(run);
    }

    // The disk of a shard as it is while its last batch is computed: all others are in its journal.
    [Fact]
    public void Journal_of_a_shard_that_was_killed_is_used()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.Run(run.Shard(1, 2), new(50, 100), Only);
        byte[]? journal = null;
        var model = new FakeModel
        {
            Starting = die =>
            {
                if (die == 48)
                    journal = ReadOpen(Path.Combine(run.Shard(0, 2), "journal", "part-00000.log"));
            },
        };
        run.Run(run.Shard(0, 2), new(0, 50), [RunPoint.Only(model)]);
        foreach (string table in new[] { "dies", "epochs" })
            Directory.Delete(Path.Combine(run.Shard(0, 2), table), recursive: true);
        Directory.CreateDirectory(Path.Combine(run.Shard(0, 2), "journal"));
        File.WriteAllBytes(Path.Combine(run.Shard(0, 2), "journal", "part-00000.log"), journal!);
        Assert.Matches("^dies (32|48) to 49 are missing$", run.Missing());
        run.Run(run.Shard(0, 2), new(0, 50), Only);
        run.Merge();
        AssertWhole(run);
    }

    [Fact]
    public void Nothing_to_merge_is_told()
    {
        using var run = new TemporaryShards { Samples = 100 };
        Assert.Equal(
            $"run: no shards are here; expected folders such as {Path.Combine("shards", "0-of-4")}",
            run.Refusal()
        );
    }

    [Fact]
    public void Shard_that_is_being_written_is_refused_and_nothing_stays_taken()
    {
        using var run = new TemporaryShards { Samples = 100 };
        run.RunShards(new(0, 100), 2);
        using (RunFolder.Take(run.Shard(1, 2)))
            Assert.StartsWith($"{Path.Combine("run", "shards", "1-of-2")}: another run is writing here", run.Refusal());
        run.Merge();
        AssertWhole(run);
    }

    [Fact]
    public void Shards_are_complete_when_each_of_them_has_ended_with_all_its_dies()
    {
        using var run = new TemporaryShards { Samples = 100 };
        Assert.False(ShardMerge.AreComplete(run.Target));
        run.Run(run.Shard(0, 2), new(0, 50), Only);
        Assert.False(ShardMerge.AreComplete(run.Target));
        foreach (string status in new[] { "running", "interrupted", "time over", "broken off" })
        {
            run.Run(run.Shard(1, 2), new(50, 60), Only, manifest => manifest["status"] = status);
            Assert.False(ShardMerge.AreComplete(run.Target));
        }
        run.Run(run.Shard(1, 2), new(50, 100), Only);
        using (RunFolder.Take(run.Shard(1, 2)))
            Assert.False(ShardMerge.AreComplete(run.Target));
        Assert.True(ShardMerge.AreComplete(run.Target));
    }

    [Fact]
    public void Shards_have_each_die_once_and_at_most_one_die_more_than_another() =>
        Gen.Select(Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40], Gen.Int[1, 1000])
            .Sample(
                (first, dies, count) =>
                {
                    var all = new DieRange(first, first + dies);
                    DieRange[] shards = [.. Enumerable.Range(0, count).Select(i => all.Shard(i, count))];
                    Assert.Equal((all.First, all.End), (shards[0].First, shards[^1].End));
                    Assert.All(shards.Zip(shards.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.First));
                    Assert.All(shards, shard => Assert.InRange(shard.Count, dies / count, (dies + count - 1) / count));
                },
                iter: 100
            );

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, 3)]
    public void Shard_that_cannot_be_is_refused(int index, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DieRange(0, 10).Shard(index, count));

    // Points of a sweep of one number; the model is the same at each.
    private static RunPoint[] Points(params double[] values) =>
        [
            .. values.Select(
                (value, i) =>
                    new RunPoint(
                        RunPoint.NameOf(i),
                        [new(new("l2", ColumnType.Real, "1", "Swept: L2"), value)],
                        new FakeModel()
                    )
            ),
        ];

    // The journal is open for writing.
    private static byte[] ReadOpen(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static void AssertWhole(TemporaryShards run) => AssertWhole(run, run.Samples);

    private static void AssertWhole(TemporaryShards run, long samples)
    {
        IReadOnlyDictionary<string, byte[]> whole = Wholes.GetOrAdd(samples, Whole);
        Assert.Equal(whole.Keys.Append("manifest.json").Order(StringComparer.Ordinal), run.Files);
        Assert.All(whole, file => Assert.Equal(file.Value, run.Bytes(file.Key)));
    }

    private static IReadOnlyDictionary<string, byte[]> Whole(long samples)
    {
        using var run = new TemporaryRun();
        run.Run(new FakeModel(), samples, 1);
        return run.Files.Append("parts.sha256").ToDictionary(file => file, run.Bytes);
    }
}
