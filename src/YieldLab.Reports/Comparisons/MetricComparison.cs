using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Comparisons;

/// <summary>Dies of one side by what they have of a metric.</summary>
/// <param name="Compared">Those that are compared.</param>
/// <param name="Mean">Their mean; NaN where there are none.</param>
/// <param name="Median">Their median; NaN where there are none.</param>
/// <param name="Never">Dies left out that never do what is counted.</param>
/// <param name="Missing">Dies left out that failed or lack the metric.</param>
/// <param name="Bins">Histogram of those that are compared, with the edges of the other side's.</param>
public sealed record MetricSide(int Compared, double Mean, double Median, int Never, int Missing, Histogram Bins)
{
    internal static MetricSide Of(double[] all, double[] ascending, IReadOnlyList<double> edges) =>
        new(
            ascending.Length,
            ascending.Length == 0 ? double.NaN : ascending.Average(),
            ascending.Length == 0 ? double.NaN : Quantile.OfSorted(ascending, 0.5),
            all.Count(double.IsPositiveInfinity),
            all.Count(double.IsNaN),
            Histogram.On(ascending, edges)
        );
}

/// <summary>A metric of two points, over the dies that have a finite value (of pairs: in both).</summary>
/// <param name="Column">The metric.</param>
/// <param name="Specs">Its specifications, of both.</param>
/// <param name="First">Of the first.</param>
/// <param name="Second">Of the second.</param>
/// <param name="Mean">Difference of the means; null where no dies can be compared.</param>
/// <param name="Shift">Hodges and Lehmann's shift, without an interval for designs; null where no dies can be compared.
/// </param>
public sealed record MetricComparison(
    Column Column,
    IReadOnlyList<Spec> Specs,
    MetricSide First,
    MetricSide Second,
    Difference? Mean,
    Difference? Shift
)
{
    internal static MetricComparison Paired(Column column, ComparedDies a, ComparedDies b)
    {
        double[] first = a.Values(column);
        double[] second = b.Values(b.Metric(column.Name)!);
        int[] rows =
        [
            .. Enumerable.Range(0, first.Length).Where(i => double.IsFinite(first[i]) && double.IsFinite(second[i])),
        ];
        double[] differences = [.. rows.Select(i => second[i] - first[i])];
        var units = new DesignUnits(a.Rule, a.Indices);
        Spec[] specs = Own(column, a, b);
        var (x, y) = Sides(first, rows, second, rows, specs);
        if (rows.Length == 0)
            return new(column, specs, x, y, null, null);
        return new(
            column,
            specs,
            x,
            y,
            MeanDifference.Paired(units.Means(rows, differences), a.Rule.Confidence),
            Kept(HodgesLehmann.Paired(differences, a.Rule.Confidence), units.AreDies)
        );
    }

    internal static MetricComparison Independent(Column column, ComparedDies a, ComparedDies b)
    {
        double[] first = a.Values(column);
        double[] second = b.Values(b.Metric(column.Name)!);
        int[] rows = Finite(first);
        int[] others = Finite(second);
        var (units, otherUnits) = (new DesignUnits(a.Rule, a.Indices), new DesignUnits(b.Rule, b.Indices));
        Spec[] specs = Own(column, a, b);
        var (x, y) = Sides(first, rows, second, others, specs);
        if (rows.Length == 0 || others.Length == 0)
            return new(column, specs, x, y, null, null);
        double[] values = [.. rows.Select(i => first[i])];
        double[] otherValues = [.. others.Select(i => second[i])];
        return new(
            column,
            specs,
            x,
            y,
            MeanDifference.Independent(
                units.Means(rows, values),
                otherUnits.Means(others, otherValues),
                a.Rule.Confidence
            ),
            Kept(HodgesLehmann.Independent(values, otherValues, a.Rule.Confidence), units.AreDies && otherUnits.AreDies)
        );
    }

    private static Spec[] Own(Column column, ComparedDies a, ComparedDies b) =>
        [.. a.Specs.Concat(b.Specs).Where(spec => spec.Metric == column.Name).DistinctBy(spec => spec.ToString())];

    // The edges are those of the dies of both together.
    private static (MetricSide, MetricSide) Sides(
        double[] first,
        int[] rows,
        double[] second,
        int[] others,
        Spec[] specs
    )
    {
        double[] a = [.. rows.Select(i => first[i]).Order()];
        double[] b = [.. others.Select(i => second[i]).Order()];
        double[] both = [.. a.Concat(b).Order()];
        var edges = Histogram.Of(both, MetricHistogram.MostBins, [.. specs.Select(spec => spec.Edge)]).Edges;
        return (MetricSide.Of(first, a, edges), MetricSide.Of(second, b, edges));
    }

    private static int[] Finite(double[] values) =>
        [.. Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]))];

    private static Difference Kept(Difference found, bool independent) =>
        independent ? found : found with { Lower = double.NaN, Upper = double.NaN };
}

/// <summary>What counts as one independent observation: a die, or where the dies are points of a design, the mean of a
/// randomisation.</summary>
internal sealed class DesignUnits(EstimateRule rule, IReadOnlyList<long> dies)
{
    private readonly int _randomisations =
        rule is EstimateRule.Replicated design && rule.MethodFor(dies) == rule.Name ? design.Randomisations : 0;

    public bool AreDies => _randomisations == 0;

    /// <summary>The observations.</summary>
    /// <param name="rows">Rows of dies that have a value.</param>
    /// <param name="values">Of each row.</param>
    public double[] Means(int[] rows, double[] values) =>
        AreDies
            ? values
            :
            [
                .. rows.Zip(values)
                    .GroupBy(pair => dies[pair.First] % _randomisations, pair => pair.Second)
                    .OrderBy(group => group.Key)
                    .Select(group => group.Average()),
            ];
}
