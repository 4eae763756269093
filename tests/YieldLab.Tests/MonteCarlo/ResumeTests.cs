using System.Collections.Concurrent;
using System.Security.Cryptography;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>
/// However a run was broken off, extended or damaged: what it leaves in the end are the bytes that one run in one go leaves,
/// and no die is computed twice that was stored.
/// </summary>
public sealed class ResumeTests
{
    // Two parts, the second not full, its last batch neither.
    private const long Samples = TableLayout.MostDiesPerPart + 1003;

    private static readonly string[] AllParts =
    [
        "dies/part-00000.parquet",
        "dies/part-00001.parquet",
        "epochs/part-00000.parquet",
        "epochs/part-00001.parquet",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_that_was_cancelled_goes_on_where_it_was(int threads)
    {
        using var whole = Whole(Samples);
        using var run = new TemporaryRun();
        var computed = new ConcurrentBag<long>();
        foreach (long last in new long[] { 500, 9_000, TableLayout.MostDiesPerPart + 300 })
        {
            using var cancel = new CancellationTokenSource();
            var model = new FakeModel
            {
                Computing = computed.Add,
                Starting = die =>
                {
                    if (die >= last)
                        cancel.Cancel();
                },
            };
            Assert.Equal(RunEnd.Interrupted, run.RunUntil(cancel.Token, model, Samples, threads).End);
        }
        RunOutcome end = run.Run(new FakeModel { Computing = computed.Add }, Samples, threads);
        Assert.Equal((RunEnd.Complete, Samples), (end.End, end.Progress.Done));
        Assert.InRange(end.Progress.Kept, TableLayout.MostDiesPerPart + 300, Samples - 1);
        Assert.Equal(Samples, computed.Count);
        AssertSame(whole, run);
    }

    // Not at a multiple of a batch; in the middle of a part, at its end, and beyond.
    [Theory]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(TableLayout.MostDiesPerPart)]
    [InlineData(TableLayout.MostDiesPerPart + 5)]
    public void Run_is_extended_by_the_dies_that_it_has_not(long first)
    {
        using var whole = Whole(Samples);
        using var run = new TemporaryRun();
        var computed = new ConcurrentBag<long>();
        run.Run(new FakeModel(), first, 2);
        RunOutcome outcome = run.Run(new FakeModel { Computing = computed.Add }, Samples, 2);
        Assert.Equal(first, outcome.Progress.Kept);
        Assert.Equal(Enumerable.Range((int)first, (int)(Samples - first)).Select(die => (long)die), computed.Order());
        AssertSame(whole, run);
    }

    [Fact]
    public void Complete_run_computes_nothing_and_writes_nothing()
    {
        using var run = Whole(Samples);
        DateTime[] before = WrittenAt(run);
        RunOutcome outcome = run.Run(new FakeModel { Computing = die => Assert.Fail($"{die}") }, Samples, 2);
        Assert.Equal((RunEnd.Complete, Samples), (outcome.End, outcome.Progress.Kept));
        Assert.Equal(before, WrittenAt(run));
    }

    // The disk as it is while a batch is being computed is what a process leaves that is killed at that moment.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_on_the_disk_at_any_moment_is_gone_on_with_and_no_finished_batch_is_lost(int threads)
    {
        const long Few = 700;
        using var whole = Whole(Few);
        using var run = new TemporaryRun();
        var moments = new ConcurrentBag<(long Finished, DirectoryInfo Copy)>();
        long finished = 0;
        var model = new FakeModel
        {
            Starting = _ => moments.Add((Interlocked.Read(ref finished), Copied(run.Folder.Path))),
            Computing = _ => Interlocked.Increment(ref finished),
        };
        // In steps, so that some moments have a part that is being extended.
        run.Run(model, 300, threads);
        run.Run(model, Few, threads);
        Assert.Equal(45, moments.Count);
        foreach (var (before, copy) in moments)
        {
            using var folder = RunFolder.Take(copy.FullName);
            var again = new ConcurrentBag<long>();
            Resume(folder, new FakeModel { Computing = again.Add }, Few);
            // Rows that were finished but not yet written when the moment was: at most one batch of each other thread.
            Assert.InRange(again.Count, 0, Few - before + 16 * (threads - 1));
            AssertSame(whole, folder.Path, ["dies/part-00000.parquet", "epochs/part-00000.parquet"]);
            Assert.False(Directory.Exists(Path.Combine(copy.FullName, "journal")));
            copy.Delete(recursive: true);
        }
    }

    // Wherever the last write ended: the records before it count, it does not.
    [Fact]
    public void Journal_that_ends_anywhere_gives_its_whole_records()
    {
        using var whole = Whole(80);
        DirectoryInfo journaled = Journaled(80);
        byte[] journal = File.ReadAllBytes(Path.Combine(journaled.FullName, "journal", "part-00000.log"));
        int[] ends = [.. RecordEnds(journal)];
        Assert.Equal(5, ends.Length);
        int[] lengths = [0, 1, .. ends.SelectMany(end => new[] { end - 1, end, end + 1, end + 40 })];
        foreach (int length in lengths.Where(length => length <= journal.Length))
        {
            DirectoryInfo copy = Copied(journaled.FullName);
            File.WriteAllBytes(Path.Combine(copy.FullName, "journal", "part-00000.log"), journal[..length]);
            var again = new ConcurrentBag<long>();
            using (var folder = RunFolder.Take(copy.FullName))
                Resume(folder, new FakeModel { Computing = again.Add }, 80);
            Assert.Equal(80 - 16 * ends.Skip(1).Count(end => end <= length), again.Count);
            AssertSame(whole, copy.FullName, ["dies/part-00000.parquet", "epochs/part-00000.parquet"]);
            copy.Delete(recursive: true);
        }
        journaled.Delete(recursive: true);
    }

    [Fact]
    public void Journal_with_a_flipped_bit_gives_the_records_before_it()
    {
        using var whole = Whole(80);
        DirectoryInfo journaled = Journaled(80);
        string path = Path.Combine(journaled.FullName, "journal", "part-00000.log");
        byte[] journal = File.ReadAllBytes(path);
        int[] ends = [.. RecordEnds(journal)];
        journal[(ends[1] + ends[2]) / 2] ^= 4;
        File.WriteAllBytes(path, journal);
        var again = new ConcurrentBag<long>();
        using (var folder = RunFolder.Take(journaled.FullName))
            Resume(folder, new FakeModel { Computing = again.Add }, 80);
        Assert.Equal(64, again.Count);
        AssertSame(whole, journaled.FullName, ["dies/part-00000.parquet", "epochs/part-00000.parquet"]);
        journaled.Delete(recursive: true);
    }

    public static TheoryData<string, Action<string>> Damages =>
        new()
        {
            { "a flipped bit", file => Change(file, bytes => bytes[bytes.Length / 2] ^= 1) },
            { "cut off", file => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^10]) },
            { "empty", file => File.WriteAllBytes(file, []) },
            { "deleted", File.Delete },
            { "a part of another run", file => File.Copy(OtherPart(file), file, overwrite: true) },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damaged_part_is_made_again_and_no_other(string damage, Action<string> harm)
    {
        foreach (string part in AllParts)
        {
            using var whole = Whole(Samples);
            using var run = Whole(Samples);
            harm(Path.Combine(run.Folder.Path, part));
            var computed = new ConcurrentBag<long>();
            Runner runner = run.Runner(new FakeModel { Computing = computed.Add }, RunRequest.First(Samples));
            bool isFirst = part.Contains("00000");
            // A part whose table of dies is gone is no part; every other damage is told.
            string[] told =
                damage == "deleted" && part.StartsWith("dies", StringComparison.Ordinal)
                    ? []
                    : [$"dies/part-0000{(isFirst ? 0 : 1)}.parquet"];
            Assert.Equal(told, runner.Altered);
            runner.Run(2, TestContext.Current.CancellationToken);
            Assert.Equal(isFirst ? TableLayout.MostDiesPerPart : 1003, computed.Count);
            AssertSame(whole, run);
        }
    }

    [Fact]
    public void Part_without_its_checksum_is_made_again()
    {
        using var whole = Whole(100);
        using var run = Whole(100);
        string sums = Path.Combine(run.Folder.Path, "parts.sha256");
        File.WriteAllLines(sums, File.ReadLines(sums).Where(line => !line.EndsWith("dies/part-00000.parquet")));
        using var folder = Reopened(run);
        var computed = new ConcurrentBag<long>();
        Resume(folder, new FakeModel { Computing = computed.Add }, 100);
        Assert.Equal(100, computed.Count);
        AssertSame(whole, folder.Path, ["dies/part-00000.parquet", "epochs/part-00000.parquet"]);
    }

    // Somebody copied the parts and left it behind: to make all of them again would be to throw them away.
    [Fact]
    public void Parts_without_any_checksums_are_refused_and_left_and_gone_on_with_when_these_are_written_anew()
    {
        using var whole = Whole(100);
        using var run = Whole(100);
        string sums = Path.Combine(run.Folder.Path, "parts.sha256");
        string[] lines = File.ReadAllLines(sums);
        File.Delete(sums);
        using (RunFolder folder = Reopened(run))
        {
            var refusal = Assert.Throws<IOException>(() => Resume(folder, new FakeModel(), 100));
            Assert.StartsWith($"{sums}: the checksums of the parts are gone; restore the file", refusal.Message);
            Assert.Equal(whole.Files, run.Files);
        }
        // In another order, as sha256sum may list them.
        File.WriteAllLines(sums, lines.Reverse());
        using RunFolder again = RunFolder.Take(run.Folder.Path);
        Resume(again, new FakeModel { Computing = die => Assert.Fail($"{die}") }, 100);
        AssertSame(whole, again.Path, whole.Files);
    }

    // The checksums come before the parts, the epochs before the dies: a run that is killed in between leaves this.
    [Fact]
    public void Epochs_that_are_ahead_of_their_dies_do_no_harm()
    {
        using var whole = Whole(500);
        using var run = Whole(20);
        byte[] dies = run.Bytes("dies/part-00000.parquet");
        run.Run(new FakeModel(), 500, 1);
        string sums = Path.Combine(run.Folder.Path, "parts.sha256");
        string ahead = File.ReadAllText(sums);
        File.WriteAllBytes(Path.Combine(run.Folder.Path, "dies/part-00000.parquet"), dies);
        File.WriteAllText(sums, $"{Hash(dies)}  dies/part-00000.parquet\n{ahead}");
        using var folder = Reopened(run);
        var computed = new ConcurrentBag<long>();
        Resume(folder, new FakeModel { Computing = computed.Add }, 500);
        Assert.Equal(480, computed.Count);
        AssertSame(whole, folder.Path, ["dies/part-00000.parquet", "epochs/part-00000.parquet"]);
    }

    [Fact]
    public void Checksums_are_those_of_the_files_as_sha256sum_writes_them()
    {
        using var run = Whole(Samples);
        Assert.Equal(
            AllParts.Select(file => $"{Hash(run.Bytes(file))}  {file}").Order(),
            File.ReadAllLines(Path.Combine(run.Folder.Path, "parts.sha256")).Order()
        );
    }

    [Fact]
    public void Only_failed_dies_are_computed_again_and_their_rows_take_the_old_ones_places()
    {
        using var whole = new TemporaryRun();
        whole.Run(new FakeModel { Mended = true }, Samples, 1);
        using var run = Whole(Samples);
        var computed = new ConcurrentBag<long>();
        var model = new FakeModel { Mended = true, Computing = computed.Add };
        Runner runner = run.Runner(model, RunRequest.First(Samples) with { OnlyFailed = true });
        RunOutcome outcome = runner.Run(2, TestContext.Current.CancellationToken);
        long[] failed =
        [
            .. Enumerable
                .Range(0, (int)Samples)
                .Select(die => (long)die)
                .Where(die => FakeModel.FailureOf(die) is not null),
        ];
        Assert.Equal(failed, computed.Order());
        Assert.Equal((Samples, 0), (outcome.Progress.Done, outcome.Progress.Failed));
        AssertSame(whole, run);
    }

    [Fact]
    public void Failed_dies_that_fail_again_are_what_they_were()
    {
        using var whole = Whole(Samples);
        using var run = Whole(Samples);
        Runner runner = run.Runner(new FakeModel(), RunRequest.First(Samples) with { OnlyFailed = true });
        Assert.Equal(runner.Progress.Failed, runner.Run(2, TestContext.Current.CancellationToken).Progress.Failed);
        AssertSame(whole, run);
    }

    private static TemporaryRun Whole(long samples)
    {
        var run = new TemporaryRun();
        run.Run(new FakeModel(), samples, 1);
        return run;
    }

    private static void Resume(RunFolder folder, FakeModel model, long samples) =>
        new Runner([RunPoint.Only(model)], TemporaryRun.Specs, folder, RunRequest.First(samples)).Run(
            1,
            TestContext.Current.CancellationToken
        );

    // The folder of a run that was killed before it wrote any part.
    private static DirectoryInfo Journaled(long samples)
    {
        using var run = new TemporaryRun();
        DirectoryInfo? copy = null;
        var model = new FakeModel
        {
            Starting = die =>
            {
                if (die + 16 >= samples)
                    copy = Copied(run.Folder.Path);
            },
        };
        run.Run(model, samples, 1);
        return copy!;
    }

    // Where the header and each record of a journal end: a record is its length, its hash of 32 bytes, its rows.
    private static IEnumerable<int> RecordEnds(byte[] journal)
    {
        for (int end = 32; end <= journal.Length; end += 36 + BitConverter.ToInt32(journal, end))
        {
            yield return end;
            if (end == journal.Length)
                yield break;
        }
    }

    private static RunFolder Reopened(TemporaryRun run)
    {
        run.Folder.Dispose();
        return RunFolder.Take(run.Folder.Path);
    }

    private static DirectoryInfo Copied(string folder)
    {
        DirectoryInfo copy = Directory.CreateTempSubdirectory("yieldlab-");
        // A manifest makes it the folder of a run.
        File.WriteAllText(Path.Combine(copy.FullName, "manifest.json"), """{ "program": "yieldlab 0" }""");
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy.FullName, Path.GetRelativePath(folder, file));
            if (Path.GetFileName(file) == "run.lock")
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                using var source = new FileStream(
                    file,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite | FileShare.Delete
                );
                using var destination = File.Create(target);
                source.CopyTo(destination);
            }
            catch (FileNotFoundException)
            {
                // Another thread renamed it meanwhile.
            }
        }
        return copy;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static DateTime[] WrittenAt(TemporaryRun run) =>
        [.. run.Files.Select(file => File.GetLastWriteTimeUtc(Path.Combine(run.Folder.Path, file)))];

    private static void Change(string file, Action<byte[]> change)
    {
        byte[] bytes = File.ReadAllBytes(file);
        change(bytes);
        File.WriteAllBytes(file, bytes);
    }

    private static string OtherPart(string file) =>
        file.Contains("part-00000")
            ? file.Replace("part-00000", "part-00001")
            : file.Replace("part-00001", "part-00000");

    private static void AssertSame(TemporaryRun expected, TemporaryRun actual)
    {
        Assert.Equal(expected.Files, actual.Files);
        AssertSame(expected, actual.Folder.Path, expected.Files);
        Assert.Equal(expected.Bytes("parts.sha256"), actual.Bytes("parts.sha256"));
    }

    private static void AssertSame(TemporaryRun expected, string folder, string[] files) =>
        Assert.All(files, file => Assert.Equal(expected.Bytes(file), File.ReadAllBytes(Path.Combine(folder, file))));
}
