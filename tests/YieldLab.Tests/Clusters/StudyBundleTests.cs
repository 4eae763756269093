using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Clusters;
using YieldLab.Studies.Processes;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Tests.Cli;

namespace YieldLab.Tests.Clusters;

/// <summary>The oracle is the study itself: laid out anywhere, a bundle reads and prepares as the original does.</summary>
public class StudyBundleTests
{
    [Theory]
    [InlineData("tiny.yaml", "tiny.csv")]
    [InlineData("studies/tiny.yaml", "../data/tiny.csv")]
    [InlineData("tiny.yaml", "deep/er/tiny.csv")]
    [InlineData("a/b/tiny.yaml", "../../a/tiny.csv")]
    [InlineData("a/b/tiny.yaml", "./x/.././../b/tiny.csv")]
    public void A_bundle_laid_out_elsewhere_is_the_same_study(string study, string data)
    {
        using var folder = new StudyFolder();
        string path = folder.PathOf(Path.Combine("original", study));
        Place(path, StudyFolder.StudyText);
        Place(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, data)), StudyFolder.DataText);
        string[] changes = [$"data.file={data}"];
        PreparedStudy original = PreparedStudy.Of(StudyFile.Read(path, changes));

        StudyBundle bundle = StudyBundle.Of(StudySweep.Without(original.File));
        Directory.Delete(folder.PathOf("original"), recursive: true);
        foreach (BundledFile file in bundle.Files)
        {
            Assert.DoesNotContain("..", file.Path);
            Place(folder.PathOf($"copy/{file.Path}"), System.Text.Encoding.UTF8.GetString(file.Content));
        }
        PreparedStudy copy = PreparedStudy.Of(StudyFile.Read(folder.PathOf($"copy/{bundle.Study}"), changes));
        Assert.Equal(original.Problem.Sha256, copy.Problem.Sha256);
        Assert.Equal(original.File.Text, copy.File.Text);
        Assert.Equal(["study", "data"], bundle.Files.Select(file => file.Role));
    }

    [Fact]
    public void A_card_of_ones_own_comes_along_and_a_built_in_one_does_not()
    {
        using var folder = new StudyFolder();
        folder.Write("card.yaml", ProcessLibrary.Text("sky130-nfet-01v8"));
        StudyFile own = StudyFile.Read(folder.PathOf(StudyFolder.Study), "process.card=./card.yaml");
        Assert.Equal(
            ["tiny.yaml", "tiny.csv", "card.yaml"],
            StudyBundle.Of(StudySweep.Without(own)).Files.Select(file => file.Path)
        );
        StudyFile builtIn = StudyFile.Read(folder.PathOf(StudyFolder.Study));
        Assert.Equal(
            ["tiny.yaml", "tiny.csv"],
            StudyBundle.Of(StudySweep.Without(builtIn)).Files.Select(file => file.Path)
        );
    }

    [Fact]
    public void A_file_that_only_this_machine_has_is_refused_with_its_place()
    {
        using var folder = new StudyFolder();
        string path = folder.PathOf(StudyFolder.Study);
        string data = folder.PathOf(StudyFolder.Data);
        StudyFile file = StudyFile.Read(path, $"data.file={data}");
        Assert.Equal(
            $"--set data.file={data}: data.file: {data} is an absolute path, which a pod does not have; expected one relative to the study, or --study-path",
            Assert.Throws<StudyException>(() => StudyBundle.Of(StudySweep.Without(file))).Message
        );
    }

    private static void Place(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text);
    }
}
