using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Shipped;

namespace YieldLab.Tests.Cli;

/// <summary><c>new</c>: a shipped study in a folder that has none.</summary>
public sealed class NewTests
{
    public static TheoryData<string> ShippedStudies => [.. Repository.StudyNames];

    [Fact]
    public void List_has_every_study_of_the_repository_with_its_description()
    {
        using var folder = new StudyFolder();
        string[] lines = folder.Run("new").Succeeded().Split('\n');
        Assert.Equal(
            Repository.StudyNames.Select(name =>
                $"{name, -13}  {StudyFile.Read(Repository.Study(name)).Study.Description}"
            ),
            lines.SkipLast(2)
        );
    }

    // The repository's own studies are checked elsewhere: what is written here is they.
    [Theory]
    [MemberData(nameof(ShippedStudies))]
    public void Files_written_are_those_of_the_repository_and_no_other(string name)
    {
        using var folder = new StudyFolder();
        string to = folder.PathOf("a/b");
        ShippedStudy study = ShippedStudy.Named(name);
        study.WriteTo(to);
        string[] written = Directory.GetFiles(to, "*", SearchOption.AllDirectories);
        Assert.Equal(4, written.Length);
        string studies = Path.GetDirectoryName(Repository.Study(name))!;
        foreach (string file in written)
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(studies, Path.GetRelativePath(to, file))),
                File.ReadAllBytes(file)
            );
        Assert.True(File.Exists(Path.Combine(to, StudyFile.Read(Path.Combine(to, study.File)).Study.Data.File)));
    }

    [Fact]
    public void Study_written_to_an_empty_folder_runs_there()
    {
        using var folder = new StudyFolder();
        Assert.EndsWith(
            "\nyieldlab run my/quickstart.yaml runs it\n",
            folder.Run("new", "quickstart", "--out", "my").Succeeded()
        );
        folder.Run("run", "my/quickstart.yaml", "--samples", "16", "--quiet").Succeeded();
        // A second one shares what it can.
        folder.Run("new", "corners", "--out", "my").Succeeded();
    }

    [Fact]
    public void File_of_ones_own_stays_and_nothing_is_written_beside_it()
    {
        using var folder = new StudyFolder();
        Directory.CreateDirectory(folder.PathOf("data"));
        folder.Write("data/iris.csv", "mine");
        folder
            .Run("new", "quickstart")
            .IsRefusedWith(
                "./data/iris.csv is there already and is another file; expected a folder without it: --out DIR"
            );
        Assert.False(File.Exists(folder.PathOf("quickstart.yaml")));
        Assert.Equal("mine", File.ReadAllText(folder.PathOf("data/iris.csv")));
    }

    [Fact]
    public void File_in_the_place_of_a_folder_is_told_before_anything_is_written()
    {
        using var folder = new StudyFolder();
        folder.Write("data", "mine");
        var refusal = Assert.Throws<StudyException>(() => ShippedStudy.Named("wine").WriteTo(folder.Root));
        Assert.Equal($"{folder.PathOf("data")} is a file; expected a folder: --out DIR", refusal.Message);
        Assert.False(File.Exists(folder.PathOf("wine.yaml")));
    }

    [Fact]
    public void Unknown_name_is_offered_the_nearest() =>
        Assert.Equal(
            "the program has no study 'quikstart'; did you mean 'quickstart'?",
            Assert.Throws<StudyException>(() => ShippedStudy.Named("quikstart")).Message
        );
}
