using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>Where a run may be stored, and what it never touches.</summary>
public sealed class RunFolderTests
{
    [Fact]
    public void An_earlier_run_of_another_study_is_refused_with_the_difference_and_left_as_it_was()
    {
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet").Succeeded();
        string before = Snapshot(folder.PathOf("here"));
        folder
            .Run("run", StudyFolder.Study, "--out", "here", "--seed", "2", "--set", "training.l2=0.01")
            .IsRefusedWith(
                "here: the folder holds another study: seed is 1 there and 2 here; training.l2 is 0.001 there and 0.01 here; choose another place with --out, or replace it with --overwrite"
            );
        Assert.Equal(before, Snapshot(folder.PathOf("here")));
    }

    [Fact]
    public void Overwriting_leaves_what_a_first_run_would_have_left()
    {
        using var folder = new StudyFolder();
        // The earlier run has a part more than the later one, which must not stay behind.
        folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet", "--samples", "16385").Succeeded();
        folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet", "--overwrite").Succeeded();
        folder.Run("run", StudyFolder.Study, "--out", "fresh", "--quiet").Succeeded();
        Assert.Equal(Snapshot(folder.PathOf("fresh")), Snapshot(folder.PathOf("here")));
    }

    [Fact]
    public void A_study_with_a_mistake_does_not_overwrite_an_earlier_run()
    {
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet").Succeeded();
        string before = Snapshot(folder.PathOf("here"));
        folder
            .Run("run", StudyFolder.Study, "--out", "here", "--overwrite", "--set", "data.target=clas")
            .IsRefusedNaming("clas");
        Assert.Equal(before, Snapshot(folder.PathOf("here")));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused_and_left_as_it_was()
    {
        using var folder = new StudyFolder();
        folder.Write("here", "mine");
        folder
            .Run("run", StudyFolder.Study, "--out", "here", "--overwrite")
            .IsRefusedWith("here: a file stands where the run's folder should be; choose another place with --out");
        Assert.Equal("mine", File.ReadAllText(folder.PathOf("here")));
    }

    [Fact]
    public void A_folder_of_other_things_is_refused_even_with_overwrite_and_left_as_it_was()
    {
        using var folder = new StudyFolder();
        Directory.CreateDirectory(folder.PathOf("here"));
        folder.Write("here/notes.txt", "mine");
        folder
            .Run("run", StudyFolder.Study, "--out", "here", "--overwrite")
            .IsRefusedWith("here: the folder is not empty and holds no run; choose another place with --out");
        Assert.Equal("mine", File.ReadAllText(folder.PathOf("here/notes.txt")));
    }

    [Theory]
    [InlineData("--quiet")]
    [InlineData("--overwrite")]
    public void A_folder_that_another_run_is_writing_is_refused(string option)
    {
        using var folder = new StudyFolder();
        string[] run = ["run", StudyFolder.Study, "--out", "here"];
        using var first = CommandLine.Start(folder.Root, [.. run, "--samples", "1000000000", "--quiet"]);
        for (int waited = 0; !File.Exists(folder.PathOf("here/manifest.json")); waited += 10)
        {
            Assert.False(first.HasExited);
            Assert.True(waited < 60_000, "the first run did not start within a minute");
            Thread.Sleep(10);
        }
        folder
            .Run([.. run, option])
            .IsRefusedWith("here: another run is writing here; wait for its end, or choose another place with --out");
        Assert.True(File.Exists(folder.PathOf("here/manifest.json")));
    }

    [Fact]
    public void An_empty_folder_is_used()
    {
        using var folder = new StudyFolder();
        Directory.CreateDirectory(folder.PathOf("here"));
        folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet").Succeeded();
        Assert.True(File.Exists(folder.PathOf("here/manifest.json")));
    }

    // "tiny.csv/x" is below a file, and so is "/dev/null/x" on every Unix; "" is no path at all.
    [Theory]
    [InlineData("tiny.csv/x")]
    [InlineData("/dev/null/x")]
    [InlineData("")]
    public void A_place_that_cannot_be_a_folder_is_refused_with_the_place_and_what_to_do(string place)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && place.StartsWith('/'), "Windows has no /dev/null.");
        using var folder = new StudyFolder();
        folder.Run("run", StudyFolder.Study, "--out", place).IsRefusedNaming(place, "--out");
    }

    [Theory]
    [InlineData("tiny.csv/x")]
    [InlineData("nowhere/x")]
    public void A_die_that_cannot_be_written_is_refused_with_the_place(string place)
    {
        using var folder = new StudyFolder();
        // The words are the system's, the place has to be in them.
        folder
            .Run("die", "sample", StudyFolder.Study, "--die", "0", "--out", place)
            .IsRefusedNaming(Path.Combine(place.Split('/')));
    }

    // Name and bytes of every file.
    private static string Snapshot(string folder) =>
        string.Join(
            '\n',
            Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(File.ReadAllBytes(file))}")
        );
}
