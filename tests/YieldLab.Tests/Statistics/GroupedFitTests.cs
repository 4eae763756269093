using Xunit;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Tests.Statistics;

/// <summary>Fits of values with a step against R's optimiser on the same likelihood of cells.</summary>
public sealed class GroupedFitTests
{
    // R: k <- c(8, 10:20); cn <- c(1,1,2,4,5,9,14,20,26,31,40,27)
    private static readonly int[] Counts = [1, 0, 1, 2, 4, 5, 9, 14, 20, 26, 31, 40, 27];

    private static double[] Values => [.. Counts.SelectMany((count, i) => Enumerable.Repeat((8 + i) / 20.0, count))];

    private static GroupedSample Sample => GroupedSample.Of(Values, 0, 1)!;

    [Fact]
    public void Beta_fit_is_that_of_R()
    {
        // R 4.2: lo <- (k-0.5)/20; hi <- pmin((k+0.5)/20, 1); optim(..., -sum(cn*log(pbeta(hi, a, b) - pbeta(lo, a, b))));
        // optimHess with ndeps 1e-3, whose truncation leaves some 1e-5.
        FittedLaw fit = GroupedFit.Of(Family.Beta, Sample).Fit!;
        ShapeData.AreClose(6.62667182933662, fit.First.Value, 1e-7);
        ShapeData.AreClose(1.04746216419301, fit.Second.Value, 1e-7);
        ShapeData.AreClose(-377.487042953407, fit.LogLikelihood, 1e-13);
        ShapeData.AreClose(0.816855990189968, fit.First.Error, 1e-5);
        ShapeData.AreClose(0.112742860729739, fit.Second.Error, 1e-5);
    }

    [Fact]
    public void Normal_fit_censored_at_the_ends_is_that_of_R()
    {
        // R 4.2: hi <- ifelse(k == 20, Inf, (k+0.5)/20); optim(..., pnorm)
        FittedLaw fit = GroupedFit.Of(Family.Normal, Sample).Fit!;
        ShapeData.AreClose(0.870821287024035, fit.First.Value, 1e-7);
        ShapeData.AreClose(0.126062570835362, fit.Second.Value, 1e-7);
        ShapeData.AreClose(-386.771542405675, fit.LogLikelihood, 1e-13);
        ShapeData.AreClose(0.00964683294795505, fit.First.Error, 1e-5);
        ShapeData.AreClose(0.00751893129485482, fit.Second.Error, 1e-5);
    }

    [Fact]
    public void Weibull_fit_is_that_of_R()
    {
        // R 4.2: as above with pweibull
        FittedLaw fit = GroupedFit.Of(Family.Weibull, Sample).Fit!;
        ShapeData.AreClose(9.105045165098897, fit.First.Value, 1e-7);
        ShapeData.AreClose(0.915955892371725, fit.Second.Value, 1e-7);
        ShapeData.AreClose(-379.746706767856, fit.LogLikelihood, 1e-13);
    }

    // With fine cells the likelihood is that of the density times the step.
    [Fact]
    public void Fine_cells_give_the_fit_of_the_values()
    {
        const double step = 0.001;
        double[] values = ShapeData.Sorted(ShapeData.X.Select(x => Math.Round(x / step) * step));
        GroupedSample sample = GroupedSample.Of(values)!;
        foreach (Family family in new[] { Family.Normal, Family.Lognormal, Family.Weibull })
        {
            FittedLaw cells = GroupedFit.Of(family, sample).Fit!;
            FittedLaw direct = MaximumLikelihood.Of(family, values).Fit!;
            // The values are multiples of 0.01: that is the step found. The second difference within a cell is step^2/24.
            ShapeData.AreClose(direct.First.Value, cells.First.Value, 1e-4);
            ShapeData.AreClose(direct.Second.Error, cells.Second.Error, 1e-4);
            Assert.Equal(direct.LogLikelihood + 20 * Math.Log(sample.Step), cells.LogLikelihood, 2);
        }
    }

    [Fact]
    public void Step_is_the_widest_that_all_values_are_multiples_of()
    {
        double[] OfAccuracy(params int[] right) => [.. right.Select(count => count / 45.0)];
        ShapeData.AreClose(1.0 / 45, GroupedSample.Of(OfAccuracy(20, 36, 41, 45, 45))!.Step, 1e-12);
        ShapeData.AreClose(3.0 / 45, GroupedSample.Of(OfAccuracy(20, 35, 41, 44, 44))!.Step, 1e-12);
        Assert.Null(GroupedSample.Of([0, 0, 1, 1, Math.Sqrt(2), Math.Sqrt(2), 3, 3]));
        Assert.Null(GroupedSample.Of([1, 1, 1]));
        Assert.Equal(0.4, GroupedSample.Ties([1, 1, 2, 3, 3]), 15);
    }

    [Fact]
    public void Cells_reach_to_infinity_at_ends_that_no_value_can_pass()
    {
        GroupedSample sample = GroupedSample.Of([0, 0.25, 0.25, 1], 0, 1)!;
        Assert.Equal(
            [new(double.NegativeInfinity, 0.125, 1), new(0.125, 0.375, 2), new(0.875, double.PositiveInfinity, 1)],
            sample.Cells
        );
        Assert.Equal([0, 0.25, 1], sample.Cells.Select(sample.Middle));
    }

    [Fact]
    public void Cells_that_a_family_cannot_have_are_a_reason()
    {
        Assert.Equal(
            "2 different values; expected at least 3",
            GroupedFit.Of(Family.Beta, GroupedSample.Of([0.5, 0.5, 0.5, 1, 1], 0, 1)!).Reason
        );
        Assert.Equal(
            "3 values are 0 or less",
            GroupedFit.Of(Family.Weibull, GroupedSample.Of([-2, -1, -1, 2, 3])!).Reason
        );
    }

    // The statistic written out: R 4.2: e <- 180*diff(c(0, pbeta((k+0.5)/20, a, b)[...], 1)), cells joined until e >= 5.
    [Fact]
    public void Chi_square_is_the_sum_over_joined_cells()
    {
        GroupedSample sample = Sample;
        Law law = GroupedFit.Of(Family.Beta, sample).Fit!.Law;
        var (statistic, freedom, p) = ChiSquareTest.Of(sample, law)!.Value;
        double[] expected =
        [
            .. Enumerable
                .Range(0, 13)
                .Select(i => 180 * law.Between(i == 0 ? 0 : (7.5 + i) / 20, i == 12 ? 1 : (8.5 + i) / 20)),
        ];
        double sum = 0;
        int cells = 0;
        double seen = 0;
        double mean = 0;
        for (int i = 0; i < 13; i++)
        {
            seen += Counts[i];
            mean += expected[i];
            if (mean < 5)
                continue;
            sum += (seen - mean) * (seen - mean) / mean;
            cells++;
            (seen, mean) = (0, 0);
        }
        Assert.Equal(0, mean);
        Assert.Equal(cells - 3, freedom);
        ShapeData.AreClose(sum, statistic, 1e-10);
        ShapeData.AreClose(1 - MathNet.Numerics.Distributions.ChiSquared.CDF(freedom, statistic), p, 1e-10);
    }
}
