using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>A folder where a file is expected. The system's own words for it are that access is denied.</summary>
public sealed class FolderMistakeTests
{
    [Theory]
    [InlineData("run", "here")]
    [InlineData("validate", "here")]
    [InlineData("die", "sample", "here", "--die", "0")]
    [InlineData("die", "sample", StudyFolder.Study, "--die", "0", "--out", "here")]
    [InlineData("die", "solve", "here")]
    public void A_folder_in_the_place_of_a_file_is_named(params string[] arguments)
    {
        using var folder = new StudyFolder();
        Directory.CreateDirectory(folder.PathOf("here"));
        folder.Run(arguments).IsRefusedWith("here is a folder; expected a file");
    }

    [Fact]
    public void A_folder_in_the_place_of_the_data_is_named()
    {
        using var folder = new StudyFolder();
        string here = Directory.CreateDirectory(folder.PathOf("here")).FullName;
        folder
            .Run("validate", StudyFolder.Study, "--set", "data.file=here")
            .IsRefusedWith($"{here} is a folder; expected a file");
    }

    [Fact]
    public void A_place_where_no_file_can_be_written_is_refused_in_one_line()
    {
        using var folder = new StudyFolder();
        folder
            .Run("die", "sample", StudyFolder.Study, "--die", "0", "--out", Path.Combine("nowhere", "die.json"))
            .IsRefusedNaming(Path.Combine("nowhere", "die.json"), "cannot be written");
    }
}
