using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>Mistakes in a data file: refused with the file, the line where there is one, and the column.</summary>
public sealed class DataMistakeTests
{
    [Fact]
    public void A_missing_file_is_told_what_its_path_is_relative_to()
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run("run", folder.PathOf(StudyFolder.Study), "--set", "data.file=nope.csv");
        answer.IsRefusedWith(
            $"{folder.PathOf("nope.csv")}: there is no such file (data.file is relative to the study file)"
        );
    }

    [Fact]
    public void A_misspelt_target_is_offered_the_nearest_column()
    {
        using var folder = new StudyFolder();
        Answer answer = folder.Run("run", folder.PathOf(StudyFolder.Study), "--set", "data.target=clas");
        answer.IsRefusedWith($"{folder.PathOf(StudyFolder.Data)}:1: there is no column 'clas'; did you mean 'class'?");
    }

    [Theory]
    [InlineData("0.5,0.2,y", "0.5,0.2,0.3,y", ":9: 4 fields where the header has 3")]
    [InlineData("0.5,0.2,y", "0.5,y", ":9: 2 fields where the header has 3")]
    [InlineData("0.5,0.2,y", "0.5,NaN,y", ":9: column 'b': 'NaN' is not a finite number")]
    [InlineData("0.5,0.2,y", "0.5,1e999,y", ":9: column 'b': '1e999' is not a finite number")]
    [InlineData("0.5,0.2,y", "0.5,two,y", ":9: column 'b': 'two' is not a finite number")]
    [InlineData("0.5,0.2,y", "0.5,,y", ":9: column 'b': '' is not a finite number")]
    [InlineData("0.5,0.2,y", "0.5,1.2,y", ":9: column 'b': 1.2 is outside [-1, 1]; use the scaling minmax or standard")]
    [InlineData(
        "0.5,0.2,y",
        "0.5,0.2,z",
        ":9: class 'z' has one example; expected at least two, one to train and one to test"
    )]
    [InlineData(",y", ",x", ": column 'class' has one class only; expected at least two")]
    public void A_wrong_field_is_told_with_file_line_and_column(string right, string wrong, string message)
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Data, StudyFolder.DataText.Replace(right, wrong));
        Answer answer = folder.Run("run", folder.PathOf(StudyFolder.Study));
        answer.IsRefusedWith($"{folder.PathOf(StudyFolder.Data)}{message}");
    }

    [Theory]
    [InlineData("", ":1: the file is empty; expected a header line and one example a line")]
    [InlineData("a,b,class\n", ":2: there are no examples below the header line")]
    [InlineData("class\nx\ny\n", ":1: there is no input column beside the target")]
    public void A_file_without_examples_is_told_what_is_expected(string text, string message)
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Data, text);
        Answer answer = folder.Run("run", folder.PathOf(StudyFolder.Study));
        answer.IsRefusedWith($"{folder.PathOf(StudyFolder.Data)}{message}");
    }

    // A quote inside a field, and one that is never closed.
    [Theory]
    [InlineData("0.5,0\"2,y")]
    [InlineData("0.5,\"0.2,y")]
    public void A_stray_quote_is_told_with_file_and_line(string wrong)
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Data, StudyFolder.DataText.Replace("0.5,0.2,y", wrong));
        Answer answer = folder.Run("run", folder.PathOf(StudyFolder.Study));
        answer.IsRefusedNaming($"{folder.PathOf(StudyFolder.Data)}:9");
    }

    // Which of the two is meant nobody can tell; taken as an input, a second target would give the answer away.
    [Fact]
    public void Two_columns_of_one_name_are_refused_with_the_name()
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Data, StudyFolder.DataText.Replace("a,b,class", "a,a,class"));
        folder.Run("run", folder.PathOf(StudyFolder.Study)).IsRefusedNaming(folder.PathOf(StudyFolder.Data), "'a'");
    }

    // R^2 divides by the variance of the test targets, so with one test example there is none.
    [Fact]
    public void A_regression_whose_test_targets_are_all_equal_is_refused_in_one_line()
    {
        using var folder = new StudyFolder();
        folder.Write(StudyFolder.Data, "a,b,t\n0.1,0.2,1\n0.3,0.1,2\n0.2,0.5,3\n0.4,0.9,4\n");
        folder
            .Run([
                "run",
                StudyFolder.Study,
                .. new[]
                {
                    "task=linear",
                    "data.target=t",
                    "data.split.method=file",
                    "output.target=r2 >= 0",
                    "specs=[r2 >= 0]",
                }.SelectMany(setting => new[] { "--set", setting }),
            ])
            .IsRefusedNaming(StudyFolder.Data);
    }
}
