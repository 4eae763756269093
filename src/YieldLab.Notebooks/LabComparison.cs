using YieldLab.Notebooks.Showing;
using YieldLab.Reports.Comparisons;
using YieldLab.Reports.Figures;
using YieldLab.Statistics.Comparison;

namespace YieldLab.Notebooks;

/// <summary>Two runs side by side. A cell that ends in one shows what differs in yields.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class LabComparison : IShown
{
    internal LabComparison(StudyComparison found) => Found = found;

    /// <summary>All that was found, for all that the tables leave out.</summary>
    public StudyComparison Found { get; }

    /// <summary>How the dies were compared.</summary>
    public string Pairing =>
        Found.Pairs.Paired
            ? $"{Found.Pairs.FirstRows.Count} dies of the same silicon: {Found.Pairs.Reason}"
            : $"independent dies: {Found.Pairs.Reason}";

    /// <summary>Yields of A and B and their differences.</summary>
    public ShownTable Yields =>
        new(
            $"B less A, {Pairing}",
            ["specification", "yield A", "yield B", "B - A", Interval, "pass in B alone", "pass in A alone"],
            [
                .. Found.Yields.Select(yield =>
                    new[]
                    {
                        yield.Name,
                        Told.Percent((double)yield.First.Passed / yield.First.Total),
                        Told.Percent((double)yield.Second.Passed / yield.Second.Total),
                        Told.Points(yield.Difference.Value),
                        $"{Told.Points(yield.Difference.Lower)} to {Told.Points(yield.Difference.Upper)}",
                        Alone(yield, yield.Gained),
                        Alone(yield, yield.Lost),
                    }
                ),
            ]
        );

    /// <summary>Means and medians of the metrics, and the difference of the means.</summary>
    public ShownTable Metrics =>
        new(
            $"B less A, {Pairing}",
            ["metric", "mean A", "mean B", "median A", "median B", "mean B - A", Interval],
            [
                .. Found.Metrics.Select(metric =>
                    new[]
                    {
                        metric.Column.Name,
                        Told.Number(metric.First.Mean),
                        Told.Number(metric.Second.Mean),
                        Told.Number(metric.First.Median),
                        Told.Number(metric.Second.Median),
                        Told.Number(metric.Mean?.Value),
                        Range(metric.Mean),
                    }
                ),
            ]
        );

    /// <summary>The picture of the dies of A and B that have at most a value of a metric.</summary>
    /// <param name="metric">One that both have.</param>
    /// <param name="first">What A is called.</param>
    /// <param name="second">What B is called.</param>
    /// <exception cref="ArgumentException">One of them has no such metric.</exception>
    public ShownFigure Figure(string metric, string first = "A", string second = "B")
    {
        var (a, b) = (new LabRun(Found.First), new LabRun(Found.Second));
        return new(
            ComparisonFigure.Of(
                a.Metric(metric),
                first,
                Found.First.Dies.Metric(a.Metric(metric)),
                second,
                Found.Second.Dies.Metric(b.Metric(metric)),
                a.Specs
            )
        );
    }

    /// <summary>Settings of the two studies that differ.</summary>
    public ShownTable Settings =>
        new(
            "settings that differ",
            ["key", "A", "B"],
            [
                .. Found.Settings.Select(setting =>
                    new[] { setting.Key, Told.Short(setting.First), Told.Short(setting.Second) }
                ),
            ]
        );

    /// <inheritdoc/>
    public string ToHtml() => Yields.ToHtml();

    /// <inheritdoc/>
    public override string ToString() => Yields.ToString();

    private string Interval => $"{Told.Share(Found.Confidence)} interval";

    private static string Alone(YieldComparison yield, IReadOnlyList<long> dies) =>
        yield.Pairs is null ? "-" : $"{dies.Count}";

    private static string Range(Difference? difference) =>
        difference is { HasInterval: true } found ? $"{Told.Number(found.Lower)} to {Told.Number(found.Upper)}" : "-";
}
