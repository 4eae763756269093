using MathNet.Numerics;

namespace YieldLab.Statistics.Distributions;

/// <summary>
/// Pearson's test of a law against values of which only the cell is known. With the parameters fitted to the same cells the
/// statistic has the chi-square law of cells - 3 degrees of freedom (R. A. Fisher 1924; C. R. Rao, Linear Statistical
/// Inference, 1973, section 6b); pooling after the fit makes it a little larger than that, which errs towards
/// rejection.
/// </summary>
public static class ChiSquareTest
{
    /// <summary>Expected values of a pooled cell.</summary>
    public const double LeastExpected = 5;

    private const int Parameters = 2;

    /// <summary>The statistic, its degrees of freedom, and the probability of a larger one; null where too few cells are
    /// left.</summary>
    /// <param name="sample">The cells.</param>
    /// <param name="law">Fitted to them.</param>
    public static (double Statistic, int Freedom, double P)? Of(GroupedSample sample, Law law)
    {
        var pooled = Pooled(sample, law);
        int freedom = pooled.Count - 1 - Parameters;
        if (freedom < 1)
            return null;
        double sum = pooled.Sum(cell => (cell.Seen - cell.Expected) * (cell.Seen - cell.Expected) / cell.Expected);
        return (sum, freedom, SpecialFunctions.GammaUpperRegularized(freedom / 2.0, sum / 2));
    }

    // Every cell from the smallest value to the largest, the ends with all beyond them, joined until enough are expected.
    private static List<(double Seen, double Expected)> Pooled(GroupedSample sample, Law law)
    {
        var pooled = new List<(double Seen, double Expected)>();
        double seen = 0;
        double expected = 0;
        foreach (Cell cell in AllCells(sample))
        {
            seen += cell.Count;
            expected += sample.Count * law.Between(cell.Lower, cell.Upper);
            if (expected < LeastExpected)
                continue;
            pooled.Add((seen, expected));
            (seen, expected) = (0, 0);
        }
        if (pooled.Count > 0 && (seen > 0 || expected > 0))
            pooled[^1] = (pooled[^1].Seen + seen, pooled[^1].Expected + expected);
        return pooled;
    }

    private static IEnumerable<Cell> AllCells(GroupedSample sample)
    {
        double lower = double.NegativeInfinity;
        for (int i = 0; i < sample.Cells.Count; i++)
        {
            Cell cell = sample.Cells[i];
            double middle = sample.Middle(cell);
            // Up to the cell with values, in steps.
            for (
                double edge = i == 0 ? middle : lower + sample.Step;
                edge < middle - sample.Step / 4;
                edge += sample.Step
            )
            {
                yield return new(lower, edge, 0);
                lower = edge;
            }
            double upper = i == sample.Cells.Count - 1 ? double.PositiveInfinity : middle + sample.Step / 2;
            yield return new(lower, upper, cell.Count);
            lower = upper;
        }
    }
}
