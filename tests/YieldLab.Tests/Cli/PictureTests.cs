using Xunit;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Sensitivity;

namespace YieldLab.Tests.Cli;

/// <summary>Drawings against small ones that were drawn by hand.</summary>
public sealed class PictureTests
{
    private static readonly Histogram Eight = new([0, 1, 2, 3, 4], [1, 0, 8, 4]);
    private static readonly string Empty = new(' ', 28);

    [Fact]
    public void Bars_stand_as_high_as_their_part_of_the_highest()
    {
        Assert.Equal("▁ ▄█▁", new Bars(Glyphs.Unicode).Standing([0.125, 0, 0.5, 1, 0.001]));
        Assert.Equal(". =@.", new Bars(Glyphs.Ascii).Standing([0.125, 0, 0.5, 1, 0.001]));
    }

    [Fact]
    public void Limit_stands_between_bins_and_what_fails_is_marked() =>
        Assert.Equal(
            [
                $" {"m", -28}        0 . |@= 4",
                $" {"  fails >= 2", -28}          xx|",
                $" {"  fails < 5", -28}          none",
                $" {"  fails <= 4", -28}          none",
            ],
            HistogramText.Lines([("m", Eight)], [Of(">= 2"), Of("< 5"), Of("<= 4")], new Bars(Glyphs.Ascii))
        );

    [Fact]
    public void Side_that_fails_is_right_of_an_upper_limit()
    {
        double above = Math.BitIncrement(2.0);
        Assert.Equal(
            [$" {"m", -28}        0 ..|@= 4", $" {"  fails <= 2", -28}            |xx"],
            HistogramText.Lines([("m", new([0, 1, above, 3, 4], [1, 1, 8, 4]))], [Of("<= 2")], new Bars(Glyphs.Ascii))
        );
    }

    // The largest value, and the only one, may be a limit.
    [Theory]
    [InlineData(new[] { 0.0, 1, 1 }, new[] { 3L, 1 }, ">= 1", "@|-", "x|")]
    [InlineData(new[] { 0.0, 1, 1 }, new[] { 3L, 1 }, "< 1", "@|-", " |x")]
    [InlineData(new[] { 0.0, 1 }, new[] { 3L }, "<= 1", "@", "none")]
    [InlineData(new[] { 1.0, 1 }, new[] { 3L }, ">= 1", "@", "none")]
    [InlineData(new[] { 1.0, 1 }, new[] { 3L }, "> 1", "@", "x")]
    public void Limit_at_the_largest_value_has_that_on_its_side(
        double[] edges,
        long[] counts,
        string condition,
        string bars,
        string fails
    ) =>
        Assert.Equal(
            [$" {"m", -28} {edges[0], 8} {bars} 1", $" {$"  fails {condition}", -28} {"", 8} {fails}"],
            HistogramText.Lines([("m", new(edges, counts))], [Of(condition)], new Bars(Glyphs.Ascii))
        );

    [Fact]
    public void Metric_that_no_die_has_in_the_end_keeps_its_name()
    {
        var column = new Column("epochs_to_target", ColumnType.Real, "1", "Epochs");
        var histogram = MetricHistogram.Of(column, [double.PositiveInfinity, double.PositiveInfinity], 3, []);
        Assert.Equal([$" {"epochs_to_target", -28} never: 2 dies"], HistogramText.Lines(histogram));
    }

    [Fact]
    public void Two_runs_have_one_scale_of_shares_and_a_long_name_a_line_of_its_own() =>
        Assert.Equal(
            [" weight_mse_vs_ideal_percent, A", $" {Empty}        0 . #= 4", $" {"  B", -28}        0 -  @ 4"],
            HistogramText.Lines(
                [("weight_mse_vs_ideal_percent, A", Eight), ("  B", new(Eight.Edges, [20, 0, 0, 60]))],
                [],
                new Bars(Glyphs.Ascii)
            )
        );

    [Fact]
    public void Interval_is_shaded_from_end_to_end_with_the_estimate_in_it()
    {
        var bars = new Bars(Glyphs.Ascii);
        Assert.Equal("##--|---", bars.Interval(0.2, 0.4, 0.7, 11));
        Assert.Equal("|--", bars.Interval(-0.1, -0.2, 0.2, 11));
        Assert.Equal("#########|-", bars.Interval(0.9, 0.9, 1.3, 11));
        Assert.Equal("###  |", bars.Lying(0.3, 0.5, 10));
        Assert.Equal("#####|####", bars.Lying(1, 0.5, 10));
    }

    [Fact]
    public void Indices_stand_side_by_side_on_one_scale() =>
        Assert.Equal(
            [
                $" {"", -22} {"first 0 to 50 %", -26}  total 0 to 50 %",
                $" {"multiplier", -22} {"#####-----|-----", -26}  {new string('#', 15)}-----|-----",
            ],
            SensitivityBars.Lines(
                [("multiplier", new(new(0.2, 0.1, 0.1, 0.3), new(0.4, 0.1, 0.3, 0.5)))],
                new Bars(Glyphs.Ascii)
            )
        );

    private static Spec Of(string condition) => Spec.TryParse($"m {condition}")!;
}
