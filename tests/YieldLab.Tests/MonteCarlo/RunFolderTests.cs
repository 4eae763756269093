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
        Assert.Equal(path, RunFolder.Create(path, overwrite).Path);
        Assert.True(Directory.Exists(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Empty_folder_is_taken(bool overwrite)
    {
        Directory.CreateDirectory(Place);
        Assert.Equal(Place, RunFolder.Create(Place, overwrite).Path);
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
        RunFolder.Create(Place, overwrite: true);
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
        RunFolder folder = RunFolder.Create(Place, overwrite: false);
        folder.WriteManifest(new() { ["status"] = "running" });
        folder.WriteManifest(new() { ["status"] = "complete", ["text"] = "ρ >= 0.9 µ" });
        JsonObject manifest = RunFolder.Open(Place).ReadManifest();
        Assert.Equal("complete", (string?)manifest["status"]);
        Assert.Equal("ρ >= 0.9 µ", (string?)manifest["text"]);
        Assert.Equal([Path.Combine(Place, "manifest.json")], Directory.GetFileSystemEntries(Place));
    }

    [Fact]
    public void Full_disk_at_the_manifest_surfaces_as_one_line_and_leaves_the_old_one()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        RunFolder folder = RunFolder.Create(Place, overwrite: false);
        folder.WriteManifest(new() { ["status"] = "running" });
        string target = Path.Combine(Place, "manifest.json");
        File.CreateSymbolicLink(target + ".tmp", "/dev/full");
        var fault = Assert.Throws<IOException>(() => folder.WriteManifest(new() { ["status"] = "complete" }));
        Assert.StartsWith($"{target}: cannot be written (No space left on device", fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Equal("running", (string?)folder.ReadManifest()["status"]);
        Assert.Equal([target], Directory.GetFileSystemEntries(Place));
    }

    [Fact]
    public void Parts_are_listed_in_order_and_nothing_else_is()
    {
        RunFolder folder = RunFolder.Create(Place, overwrite: false);
        Assert.Empty(folder.DieParts);
        string dies = Directory.CreateDirectory(Path.Combine(Place, "dies")).FullName;
        foreach (string name in new[] { "part-00010.parquet", "part-00002.parquet", "part-00003.parquet.tmp", "notes" })
            File.WriteAllText(Path.Combine(dies, name), "");
        Assert.Equal(["part-00002.parquet", "part-00010.parquet"], folder.DieParts.Select(Path.GetFileName));
    }

    private void MakeRun()
    {
        RunFolder folder = RunFolder.Create(Place, overwrite: false);
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
