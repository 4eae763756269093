using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>A folder as a process that was killed, or a full disk, leaves it at its worst moments.</summary>
public sealed class BrokenOffFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yieldlab-");

    // A run writes its description first, a merge a checksum and then the folder of a table.
    [Theory]
    [InlineData("run.lock", "manifest.json.tmp")]
    [InlineData("run.lock", "parts.sha256")]
    [InlineData("run.lock", "parts.sha256", "epochs/")]
    [InlineData("run.lock", "parts.sha256", "dies/point=00000/", "shards/0-of-2/")]
    [InlineData("parts.sha256.tmp", "journal/")]
    public void Folder_of_a_process_that_was_killed_before_it_had_written_anything_whole_is_taken(
        params string[] entries
    )
    {
        Make(entries);
        using RunFolder folder = RunFolder.Take(_folder.FullName);
        Assert.False(folder.HoldsRun);
    }

    [Theory]
    [InlineData("manifest.json.tmp", "notes.txt")]
    [InlineData("parts.sha256", "dies/notes.txt")]
    [InlineData("dies/point=00000/notes.txt")]
    [InlineData("notes/")]
    public void Folder_that_holds_anything_else_beside_is_not(params string[] entries)
    {
        Make(entries);
        Assert.Contains("holds no run", Assert.Throws<IOException>(() => RunFolder.Take(_folder.FullName)).Message);
    }

    // A full disk cuts a line of the checksums off where a block ends; what is written after it must not be lost.
    [Fact]
    public void Checksum_after_a_line_that_was_cut_off_counts()
    {
        using var run = new TemporaryRun();
        DirectoryInfo? journal = null;
        var model = new FakeModel
        {
            Starting = die =>
            {
                if (die == 64)
                    journal = Copied(Path.Combine(run.Folder.Path, "journal"));
            },
        };
        run.Run(model, 80, 1);
        string torn = Path.Combine(run.Folder.Path, "parts.sha256");
        File.WriteAllText(torn, File.ReadAllText(torn)[..^20]);
        Directory.Move(journal!.FullName, Path.Combine(run.Folder.Path, "journal"));
        run.Folder.Dispose();
        // Recovery alone, as of a process that is killed before it tidies up.
        using (RunFolder folder = RunFolder.Take(run.Folder.Path))
            Recovery.Of(StoreOf(folder), _ => { });
        using RunFolder again = RunFolder.Take(run.Folder.Path);
        var found = new List<StoredPart>();
        Assert.Empty(Recovery.Of(StoreOf(again), found.Add));
        Assert.Equal(64, Assert.Single(found).Dies.Length);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static PartStore StoreOf(RunFolder folder) =>
        new(folder, "", TableLayout.Of(RunPoint.Only(new FakeModel()), TemporaryRun.Specs));

    private static DirectoryInfo Copied(string folder)
    {
        DirectoryInfo copy = Directory.CreateTempSubdirectory("yieldlab-");
        foreach (string file in Directory.GetFiles(folder))
        {
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var into = File.Create(Path.Combine(copy.FullName, Path.GetFileName(file)));
            from.CopyTo(into);
        }
        return copy;
    }

    private void Make(string[] entries)
    {
        foreach (string entry in entries)
        {
            string path = Path.Combine(_folder.FullName, entry);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!entry.EndsWith('/'))
                File.WriteAllText(path, "");
        }
    }
}
