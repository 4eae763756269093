using Xunit;
using YieldLab.Reports.Figures;
using YieldLab.Statistics.Sensitivity;

namespace YieldLab.Tests.Reports.Figures;

public class ContributionFigureTests
{
    [Fact]
    public void Largest_share_comes_first_and_an_unknown_one_last()
    {
        Figure figure = ContributionFigure.Of(
            "accuracy",
            ["order", "nothing", "mismatch"],
            [
                new Contribution(-0.01, 0.02, 0, 0.03),
                new Contribution(double.NaN, double.NaN, 0, 1),
                new Contribution(0.6, 0.05, 0.5, 0.7),
            ]
        );

        Assert.Equal(
            [
                ["mismatch", "60.0 %", "50.0 %", "70.0 %"],
                ["order", "-1.0 %", "0.0 %", "3.0 %"],
                ["nothing", "-", "0.0 %", "100.0 %"],
            ],
            figure.Table.Rows
        );
        FigureSvg.Check(figure);
    }

    [Fact]
    public void Indices_stand_side_by_side()
    {
        var indices = new GroupIndices(new(0.25, 0.1, 0.1, 0.4), new(0.75, 0.1, 0.6, 0.9));
        Figure figure = ContributionFigure.Of("yield", ["mismatch"], [indices]);

        Assert.Equal(["mismatch", "75.0 %", "60.0 %", "90.0 %", "25.0 %", "10.0 %", "40.0 %"], figure.Table.Rows[0]);
        FigureSvg.Check(figure);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public void No_source_and_many_are_drawn(int sources) =>
        FigureSvg.Check(
            ContributionFigure.Of(
                "accuracy",
                [.. Enumerable.Range(0, sources).Select(i => $"source {i} with a name that is longer than its place")],
                [.. Enumerable.Repeat(new Contribution(0.02, 0.01, 0, 0.04), sources)]
            )
        );
}
