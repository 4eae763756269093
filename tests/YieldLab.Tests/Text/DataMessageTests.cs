using Xunit;

namespace YieldLab.Tests.Text;

/// <summary>What a user reads whose data file has a mistake: file, line, column of the table, expectation.</summary>
public class DataMessageTests
{
    private const string Good = "x,y,class\n0.1,0.2,a\n0.3,0.4,a\n0.5,0.6,b\n0.7,0.8,b\n";

    [Fact]
    public void The_table_that_the_other_tests_break_is_accepted() => AssertAnswer(Good, "accepted");

    [Theory]
    [InlineData("", "tiny.csv:1: the file is empty; expected a header line and one example a line")]
    [InlineData("x,y,class\n", "tiny.csv:2: there are no examples below the header line")]
    [InlineData("class\na\nb\n", "tiny.csv:1: there is no input column beside the target")]
    [InlineData(
        "x;y;class\n0,1;0,2;a\n",
        "tiny.csv:1: fields are separated by commas; this header has semicolons and no comma"
    )]
    [InlineData(
        "x\ty\tclass\n1\t2\ta\n",
        "tiny.csv:1: fields are separated by commas; this header has tabs and no comma"
    )]
    public void Table_without_examples_or_inputs_is_refused(string table, string message) =>
        AssertAnswer(table, message);

    [Theory]
    [InlineData("0.5,0.6,b", "0.5,b", "tiny.csv:4: 2 fields where the header has 3")]
    [InlineData("0.5,0.6,b", "0.5,0.6,7,b", "tiny.csv:4: 4 fields where the header has 3")]
    [InlineData("0.5,0.6,b", "0.5,six,b", "tiny.csv:4: column 'y': 'six' is not a finite number")]
    [InlineData("0.5,0.6,b", "0.5,,b", "tiny.csv:4: column 'y': '' is not a finite number")]
    [InlineData("0.5,0.6,b", "0.5,NaN,b", "tiny.csv:4: column 'y': 'NaN' is not a finite number")]
    [InlineData(
        "0.5,0.6,b",
        "0.5,0.6,",
        "tiny.csv:4: column 'class': the target is missing; expected the example's class"
    )]
    [InlineData(
        "0.5,0.6,b",
        "0.5,0.6,  ",
        "tiny.csv:4: column 'class': the target is missing; expected the example's class"
    )]
    [InlineData("x,y,class", "x,y,klass", "tiny.csv:1: there is no column 'class'; did you mean 'klass'?")]
    public void Mistake_in_a_line_is_named_with_its_line(string passage, string replacement, string message) =>
        AssertAnswer(Good.Replace(passage, replacement), message);

    [Theory]
    [InlineData("b\n", "a\n", "tiny.csv: column 'class' has one class only; expected at least two")]
    [InlineData(
        "0.7,0.8,b\n",
        "0.7,0.8,a\n",
        "tiny.csv:4: class 'b' has one example; expected at least two, one to train and one to test"
    )]
    [InlineData(
        "0.3,0.4,a\n",
        "0.3,0.4,c\n",
        "tiny.csv: column 'class' has 3 classes in 4 examples; is it a number to regress on (task: linear)?"
    )]
    public void Classes_that_cannot_be_learned_are_refused(string passage, string replacement, string message) =>
        AssertAnswer(Good.Replace(passage, replacement), message);

    [Fact]
    public void Unscaled_input_beyond_one_is_refused_with_its_line()
    {
        using var study = new TinyStudy(TinyStudy.With("scaling: minmax", "scaling: none"));
        study.Write("tiny.csv", Good.Replace("0.5,0.6,b", "0.5,-1.5,b"));
        Assert.Equal(
            "tiny.csv:4: column 'y': -1.5 is outside [-1, 1]; use the scaling minmax or standard",
            study.Refusal()
        );
    }

    [Fact]
    public void Constant_target_of_a_regression_is_refused()
    {
        string text = TinyStudy.With("method: stratified", "method: file").Replace("softmax", "linear");
        using var study = new TinyStudy(text);
        study.Write("tiny.csv", "x,y,class\n0.1,0.2,5\n0.3,0.4,5\n0.5,0.6,5\n0.7,0.8,7\n");
        Assert.Equal("tiny.csv: column 'class' is constant in the training examples", study.Refusal());
    }

    [Fact]
    public void Missing_target_of_a_regression_is_refused_with_its_line()
    {
        string text = TinyStudy.With("method: stratified", "method: file").Replace("softmax", "linear");
        using var study = new TinyStudy(text);
        study.Write("tiny.csv", "x,y,class\n0.1,0.2,5\n0.3,0.4,\n0.5,0.6,6\n0.7,0.8,7\n");
        Assert.Equal("tiny.csv:3: column 'class': the target is missing; expected a number", study.Refusal());
    }

    [Fact]
    public void File_that_is_not_there_is_refused()
    {
        using var study = new TinyStudy(TinyStudy.With("file: tiny.csv", "file: tony.csv"));
        Assert.EndsWith("there is no such file (data.file is relative to the study file)", study.Refusal());
        Assert.Contains("tony.csv", study.Refusal());
    }

    [Theory]
    [InlineData("class", "clas", "tiny.csv:1: there is no column 'clas'; did you mean 'class'?")]
    [InlineData("class", "species", "tiny.csv:1: there is no column 'species'; expected one of x, y, class")]
    public void Target_that_is_no_column_is_refused(string passage, string replacement, string message)
    {
        using var study = new TinyStudy(TinyStudy.With($"target: {passage}", $"target: {replacement}"));
        Assert.Equal(message, study.Refusal());
    }

    private static void AssertAnswer(string table, string answer)
    {
        using var study = new TinyStudy();
        study.Write("tiny.csv", table);
        Assert.Equal(answer, study.Refusal());
    }
}
