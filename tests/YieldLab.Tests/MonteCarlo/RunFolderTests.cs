using System.Text.Json.Nodes;
using Xunit;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>What may be written where, and above all what is never deleted.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("yieldlab-");

    private string Place => Path.Combine(_parent.FullName, "run");

    public void Dispose() => _parent.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void New_folder_is_made_with_all_above_it(bool overwrite)
    {
        string path = Path.Combine(_parent.FullName, "runs", "first");
        using RunFolder folder = RunFolder.Create(path, overwrite);
        Assert.Equal(path, folder.Path);
        Assert.True(Directory.Exists(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Empty_folder_is_taken(bool overwrite)
    {
        Directory.CreateDirectory(Place);
        using RunFolder folder = RunFolder.Create(Place, overwrite);
        Assert.Equal(Place, folder.Path);
    }

    [Fact]
    public void Folder_of_a_run_is_kept_unless_it_may_be_overwritten()
    {
        MakeRun();
        var refusal = Assert.Throws<IOException>(() => RunFolder.Create(Place, overwrite: false));
        Assert.Equal(
            $"{Place}: the folder holds a run already; keep it and choose another place with --out, or replace it with --overwrite",
            refusal.Message
        );
        Assert.True(File.Exists(Path.Combine(Place, "dies", "part-00000.parquet")));
    }

    [Fact]
    public void Folder_of_a_run_that_may_be_overwritten_is_emptied()
    {
        MakeRun();
        RunFolder.Create(Place, overwrite: true).Dispose();
        Assert.True(Directory.Exists(Place));
        Assert.Empty(Directory.GetFileSystemEntries(Place));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Folder_that_holds_no_run_is_never_deleted(bool overwrite)
    {
        string file = Path.Combine(Directory.CreateDirectory(Place).FullName, "thesis.txt");
        File.WriteAllText(file, "years of work");
        var refusal = Assert.Throws<IOException>(() => RunFolder.Create(Place, overwrite));
        Assert.Equal(
            $"{Place}: the folder is not empty and holds no run; choose another place with --out",
            refusal.Message
        );
        Assert.True(File.Exists(file));
    }

    // Web applications and browser extensions keep a manifest.json as well.
    [Fact]
    public void Folder_with_the_manifest_of_something_else_is_never_deleted()
    {
        string file = Path.Combine(Directory.CreateDirectory(Place).FullName, "index.html");
        File.WriteAllText(file, "<html></html>");
        File.WriteAllText(Path.Combine(Place, "manifest.json"), """{ "name": "My app", "start_url": "index.html" }""");
        Assert.Throws<IOException>(() => RunFolder.Create(Place, overwrite: true));
        Assert.True(File.Exists(file), "the folder of another program was deleted");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void File_in_the_place_of_the_folder_is_never_deleted(bool overwrite)
    {
        File.WriteAllText(Place, "a file");
        var refusal = Assert.Throws<IOException>(() => RunFolder.Create(Place, overwrite));
        Assert.Equal(
            $"{Place}: a file stands where the run's folder should be; choose another place with --out",
            refusal.Message
        );
        Assert.Equal("a file", File.ReadAllText(Place));
    }

    [Fact]
    public void Folder_without_a_manifest_cannot_be_opened()
    {
        var refusal = Assert.Throws<IOException>(() => RunFolder.Open(_parent.FullName));
        Assert.Equal($"{_parent.FullName}: no run is here (there is no manifest.json)", refusal.Message);
    }

    [Fact]
    public void Manifest_reads_back_as_written_and_the_last_one_counts()
    {
        using RunFolder folder = RunFolder.Create(Place, overwrite: false);
        folder.WriteManifest(new() { ["program"] = "yieldlab 0", ["status"] = "running" });
        folder.WriteManifest(
            new()
            {
                ["program"] = "yieldlab 0",
                ["status"] = "complete",
                ["text"] = "ρ >= 0.9 µ",
            }
        );
        JsonObject manifest = RunFolder.Open(Place).ReadManifest();
        Assert.Equal("complete", (string?)manifest["status"]);
        Assert.Equal("ρ >= 0.9 µ", (string?)manifest["text"]);
        folder.Dispose();
        Assert.Equal([Path.Combine(Place, "manifest.json")], Directory.GetFileSystemEntries(Place));
    }

    [Fact]
    public void Full_disk_at_the_manifest_surfaces_as_one_line_and_leaves_the_old_one()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using RunFolder folder = RunFolder.Create(Place, overwrite: false);
        folder.WriteManifest(new() { ["program"] = "yieldlab 0", ["status"] = "running" });
        string target = Path.Combine(Place, "manifest.json");
        File.CreateSymbolicLink(target + ".tmp", "/dev/full");
        var fault = Assert.Throws<IOException>(() =>
            folder.WriteManifest(new() { ["program"] = "yieldlab 0", ["status"] = "complete" })
        );
        Assert.StartsWith($"{target}: cannot be written (No space left on device", fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Equal("running", (string?)folder.ReadManifest()["status"]);
        folder.Dispose();
        Assert.Equal([target], Directory.GetFileSystemEntries(Place));
    }

    [Fact]
    public void Parts_are_listed_in_order_and_nothing_else_is()
    {
        using RunFolder folder = RunFolder.Create(Place, overwrite: false);
        Assert.Empty(folder.DieParts);
        string dies = Directory.CreateDirectory(Path.Combine(Place, "dies")).FullName;
        foreach (string name in new[] { "part-00010.parquet", "part-00002.parquet", "part-00003.parquet.tmp", "notes" })
            File.WriteAllText(Path.Combine(dies, name), "");
        Assert.Equal(["part-00002.parquet", "part-00010.parquet"], folder.DieParts.Select(Path.GetFileName));
    }

    [Fact]
    public void Files_of_others_in_the_folder_of_a_run_are_kept_when_it_is_overwritten()
    {
        MakeRun();
        string[] mine = [Path.Combine(Place, "notes.txt"), Path.Combine(Place, "dies", "part-of-mine.parquet")];
        foreach (string file in mine)
            File.WriteAllText(file, "mine");
        File.WriteAllText(Path.Combine(Place, "dies", "part-00001.parquet.tmp"), "");
        RunFolder.Create(Place, overwrite: true).Dispose();
        Assert.Equal(mine.Order(), Directory.GetFiles(Place, "*", SearchOption.AllDirectories).Order());
    }

    // The manifest goes last, so this is what an overwriting leaves that was killed between two writings of it.
    [Theory]
    [InlineData("dies")]
    [InlineData("epochs")]
    public void Tables_without_a_manifest_count_as_a_run(string table)
    {
        string part = Path.Combine(
            Directory.CreateDirectory(Path.Combine(Place, table)).FullName,
            "part-00000.parquet"
        );
        File.WriteAllText(part, "");
        var refusal = Assert.Throws<IOException>(() => RunFolder.Create(Place, overwrite: false));
        Assert.Contains("holds a run already", refusal.Message);
        Assert.True(File.Exists(part));
        RunFolder.Create(Place, overwrite: true).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(Place));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Folder_that_a_run_is_writing_is_refused_until_its_end(bool overwrite)
    {
        using (RunFolder.Create(Place, overwrite: false))
        {
            var refusal = Assert.Throws<IOException>(() => RunFolder.Create(Place, overwrite));
            Assert.Equal(
                $"{Place}: another run is writing here; wait for its end, or choose another place with --out",
                refusal.Message
            );
        }
        Assert.Empty(Directory.GetFileSystemEntries(Place));
        RunFolder.Create(Place, overwrite).Dispose();
    }

    // A process that was killed leaves the file, but the system has let go of it.
    [Fact]
    public void Lock_that_was_left_behind_locks_nothing()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Place).FullName, "run.lock"), "");
        RunFolder.Create(Place, overwrite: false).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(Place));
    }

    private void MakeRun()
    {
        using RunFolder folder = RunFolder.Create(Place, overwrite: false);
        folder.WriteManifest(
            new()
            {
                ["format"] = 1,
                ["program"] = "yieldlab 0.1.0",
                ["status"] = "complete",
            }
        );
        Directory.CreateDirectory(Path.Combine(Place, "dies"));
        File.WriteAllText(Path.Combine(Place, "dies", "part-00000.parquet"), "");
    }
}
