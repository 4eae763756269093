using Xunit;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Tests.MonteCarlo;

public class SpecTests
{
    [Theory]
    [InlineData("accuracy >= 0.9", "accuracy", ">=", 0.9)]
    [InlineData("accuracy>=0.9", "accuracy", ">=", 0.9)]
    [InlineData("  r2   >  -1  ", "r2", ">", -1)]
    [InlineData("mse_vs_ideal_percent <= 1e-3", "mse_vs_ideal_percent", "<=", 1e-3)]
    [InlineData("accuracy_hold_100ms < +2.5E+1", "accuracy_hold_100ms", "<", 25)]
    [InlineData("x > .5", "x", ">", 0.5)]
    public void Specification_is_read_into_its_parts(string text, string metric, string comparison, double limit)
    {
        var spec = Spec.TryParse(text);
        Assert.NotNull(spec);
        Assert.Equal((metric, comparison, limit), (spec.Metric, spec.Comparison, spec.Limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("accuracy")]
    [InlineData("accuracy >=")]
    [InlineData(">= 0.9")]
    [InlineData("accuracy = 0.9")]
    [InlineData("accuracy == 0.9")]
    [InlineData("accuracy => 0.9")]
    [InlineData("accuracy >= high")]
    [InlineData("accuracy >= 90 %%")]
    [InlineData("accuracy >= %")]
    [InlineData("accuracy >= 1e")]
    [InlineData("accuracy >= .")]
    [InlineData("accuracy >= 0.9 V")]
    [InlineData("accuracy >= 1.2.3")]
    [InlineData("accuracy >= --1")]
    [InlineData("accuracy >= 1e999")]
    [InlineData("accuracy >= NaN")]
    [InlineData("accuracy >= 0,9")]
    [InlineData("Accuracy >= 0.9")]
    [InlineData("2accuracy >= 0.9")]
    [InlineData("my accuracy >= 0.9")]
    public void Text_that_is_no_specification_reads_as_null(string text) => Assert.Null(Spec.TryParse(text));

    [Theory]
    [InlineData("x >= 1", true, true, false)]
    [InlineData("x > 1", true, false, false)]
    [InlineData("x <= 1", false, true, true)]
    [InlineData("x < 1", false, false, true)]
    public void Specification_is_met_as_its_comparison_says(string text, bool by2, bool by1, bool by0)
    {
        Spec spec = Spec.TryParse(text)!;
        Assert.Equal((by2, by1, by0), (spec.IsMetBy(2), spec.IsMetBy(1), spec.IsMetBy(0)));
        Assert.False(spec.IsMetBy(double.NaN), "a value that does not exist meets nothing");
    }

    [Theory]
    [InlineData("accuracy >= 0.9", "pass_accuracy_above_0p9")]
    [InlineData("accuracy > 0.90", "pass_accuracy_strictly_above_0p9")]
    [InlineData("r2 <= -1.5", "pass_r2_below_m1p5")]
    [InlineData("mse < 120", "pass_mse_strictly_below_120")]
    public void Column_name_is_made_of_metric_direction_and_limit(string text, string column) =>
        Assert.Equal(column, Spec.TryParse(text)!.Column);

    // What the documentation of Column promises of every name; limits from 1e-5 down and 1e15 up are written with an E.
    [Theory]
    [InlineData("mse < 0.5")]
    [InlineData("mse < -2")]
    [InlineData("mse < 1e-5")]
    [InlineData("mse < 1e20")]
    public void Column_name_is_lower_case_letters_digits_and_underscores(string text) =>
        Assert.Matches("^[a-z0-9_]+$", Spec.TryParse(text)!.Column);

    // The share is the number that was meant, to the last bit: 0.1/100 is not 0.001.
    [Theory]
    [InlineData("x >= 90 %", "1", "x >= 0.9")]
    [InlineData("x >= 90%", "1", "x >= 0.9")]
    [InlineData("x > 0.1 %", "1", "x > 0.001")]
    [InlineData("x < 9.5e1 %", "1", "x < 0.95")]
    [InlineData("x <= 0.87 %", "%", "x <= 0.87")]
    [InlineData("x <= 0.87", "%", "x <= 0.87")]
    [InlineData("x <= 0.87", "nat", "x <= 0.87")]
    public void Limit_in_per_cent_is_a_share_or_stays_what_it_is_by_the_unit(string text, string unit, string same) =>
        Assert.Equal(Spec.TryParse(same), Spec.TryParse(text)!.In(unit));

    [Fact]
    public void Limit_in_per_cent_does_not_go_with_another_unit() => Assert.Null(Spec.TryParse("x <= 90 %")!.In("nat"));

    [Theory]
    [InlineData("x >= 0", true)]
    [InlineData("x > 0", null)]
    [InlineData("x >= 1", null)]
    [InlineData("x > 1", false)]
    [InlineData("x >= 1.5", false)]
    [InlineData("x <= 1", true)]
    [InlineData("x < 1", null)]
    [InlineData("x <= 0", null)]
    [InlineData("x < 0", false)]
    public void Specification_that_decides_nothing_between_0_and_1_is_known(string text, bool? outcome)
    {
        Assert.Equal(outcome, Spec.TryParse(text)!.Outcome(0, 1));
        Assert.Null(Spec.TryParse(text)!.Outcome(double.NegativeInfinity, double.PositiveInfinity));
    }

    [Fact]
    public void Text_of_a_specification_reads_back_as_the_same()
    {
        Spec spec = Spec.TryParse("mse<1e-5")!;
        Assert.Equal("mse < 1E-05", spec.ToString());
        Assert.Equal(spec, Spec.TryParse(spec.ToString()));
        Assert.Equal("x >= 90 %", Spec.TryParse("x>=90%")!.ToString());
    }
}
