using Xunit;

namespace YieldLab.Tests.Text;

/// <summary>What a user reads whose table of dies has a mistake: one line with its place and what was expected.</summary>
public class SiliconTableMessageTests
{
    private const string All =
        "temperature_c, threshold_shift_v, beta_shift, capacitance_shift, bias_shift, leakage_shift";
    private const string Good = "die,temperature_c,beta_shift,lot\n0,25,0.01,A\n1,85,-0.02,A\n";

    [Fact]
    public void The_table_that_the_other_tests_break_is_accepted() => AssertAnswer(Good, "accepted");

    [Theory]
    [InlineData("", "silicon.csv:1: the file is empty; expected a header line and one die a line")]
    [InlineData("beta_shift\n", "silicon.csv:2: there are no dies below the header line")]
    [InlineData("beta_shift,lot\n0.1\n", "silicon.csv:2: 1 fields where the header has 2")]
    [InlineData("lot,x\nA,1\n", $"silicon.csv:1: no column says what is known of the dies; expected any of {All}")]
    [InlineData(
        "beta_shift;lot\n0;1\n",
        "silicon.csv:1: fields are separated by commas; this header has semicolons and no comma"
    )]
    [InlineData("beta_shift,beta_shift\n0,1\n", "silicon.csv:1: two columns are called 'beta_shift'")]
    public void Table_without_dies_is_refused(string table, string message) => AssertAnswer(table, message);

    [Theory]
    [InlineData("temperature_c", "temperature", ":1: unknown column 'temperature'; did you mean 'temperature_c'?")]
    [InlineData("temperature_c", "temperature_k", ":1: unknown column 'temperature_k'; did you mean 'temperature_c'?")]
    [InlineData("beta_shift", "Beta_Shift", ":1: unknown column 'Beta_Shift'; did you mean 'beta_shift'?")]
    [InlineData("lot", "threshold_shift", ":1: unknown column 'threshold_shift'; did you mean 'threshold_shift_v'?")]
    [InlineData("-0.02", "", ":3: column 'beta_shift': '' is not a finite number")]
    [InlineData("-0.02", "null", ":3: column 'beta_shift': 'null' is not a finite number")]
    [InlineData("-0.02", "NaN", ":3: column 'beta_shift': 'NaN' is not a finite number")]
    [InlineData("-0.02", "1e999", ":3: column 'beta_shift': '1e999' is not a finite number")]
    [InlineData("-0.02", "2 %", ":3: column 'beta_shift': '2 %' is not a finite number")]
    [InlineData("-0.02", "-2", ":3: column 'beta_shift': -2 is out of range; expected above -1 to 1")]
    [InlineData(
        "85",
        "358.15",
        ":3: column 'temperature_c': 358.15 is out of range; expected -173.15 to 226.85 (100 K to 500 K)"
    )]
    [InlineData("1,85", "2,85", ":3: column 'die': 2; expected 1, since dies are counted from 0 in order")]
    [InlineData("1,85", "1.5,85", ":3: column 'die': 1.5; expected 1, since dies are counted from 0 in order")]
    [InlineData("1,85", "W3,85", ":3: column 'die': 'W3' is not a finite number")]
    public void Mistake_in_the_table_is_named_with_its_place(string passage, string replacement, string message) =>
        AssertAnswer(Good.Replace(passage, replacement), $"silicon.csv{message}");

    [Fact]
    public void Threshold_in_millivolts_is_out_of_range() =>
        AssertAnswer(
            "threshold_shift_v\n12\n-7\n",
            "silicon.csv:2: column 'threshold_shift_v': 12 is out of range; expected -1 to 1 V"
        );

    [Fact]
    public void More_samples_than_dies_are_refused() =>
        AssertAnswer(Good, "--set samples=3: samples: 3 dies where silicon.csv has 2; expected at most 2", "samples=3");

    [Fact]
    public void A_corner_and_a_table_of_temperatures_go_together() =>
        AssertAnswer("temperature_c\n25\n30\n", "accepted", "corner=ss");

    [Fact]
    public void A_corner_and_a_table_of_shifts_are_refused_together() =>
        AssertAnswer(
            Good,
            "--set corner=tt: corner: tt gives all shifts of the dies, and so does silicon.csv (beta_shift); expected one of the two",
            "corner=tt"
        );

    [Fact]
    public void A_table_that_is_not_there_is_told_what_its_path_is_relative_to()
    {
        using var study = new TinyStudy();
        Assert.Equal(
            "none.csv: there is no such file (sampling.table is relative to the study file)",
            study.Refusal("sampling.table=none.csv")
        );
    }

    [Theory]
    [InlineData("silicon.parquet", "beta_shift\n1\n")]
    [InlineData("silicon.csv", "PAR1 and then nothing of the kind")]
    [InlineData("silicon.parquet", "")]
    public void A_file_that_is_no_Parquet_is_refused_in_one_line(string name, string text)
    {
        using var study = new TinyStudy();
        study.Write(name, text);
        string message = study.Refusal($"sampling.table={name}");
        Assert.StartsWith($"{name}: cannot be read as Parquet (", message);
        Assert.DoesNotContain('\n', message);
    }

    private static void AssertAnswer(string table, string answer, params string[] changes)
    {
        using var study = new TinyStudy();
        study.Write("silicon.csv", table);
        Assert.Equal(answer, study.Refusal(["samples=2", "sampling.table=silicon.csv", .. changes]));
    }
}
