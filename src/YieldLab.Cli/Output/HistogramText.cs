using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Cli.Output;

/// <summary>Histograms in a line each, and below it a line for each specification that marks the bins that fail it.</summary>
internal static class HistogramText
{
    // What is drawn of one metric: more limits than these would not fit the line.
    private const int MostSpecs = 4;
    private const int NameWidth = 28;
    private const int NumberWidth = 8;

    /// <summary>Prints those of a point, one metric after the other.</summary>
    public static void Print(IEnumerable<MetricHistogram> histograms)
    {
        foreach (string line in histograms.SelectMany(Lines))
            Console.WriteLine(line);
    }

    /// <summary>The lines of a metric.</summary>
    public static IEnumerable<string> Lines(MetricHistogram histogram)
    {
        string name = histogram.Column.Name;
        foreach (string line in Lines([(name, histogram.Bins)], histogram.Specs, Bars.OfOutput))
            yield return line;
        if (histogram.Never > 0)
            yield return $"{Label(histogram.Bins.Counts.Count > 0 ? "" : name)} never: {Counted.Dies(histogram.Never)}";
    }

    /// <summary>The lines of histograms that have the same edges, in parts of the highest bin of all.</summary>
    /// <param name="rows">Each with what stands before it; their counts as shares of their sums.</param>
    /// <param name="specs">Of the metric.</param>
    /// <param name="bars">Draws.</param>
    public static IEnumerable<string> Lines(
        IReadOnlyList<(string Label, Histogram Bins)> rows,
        IReadOnlyList<Spec> specs,
        Bars bars
    )
    {
        IReadOnlyList<double> edges = rows[0].Bins.Edges;
        if (edges.Count == 0)
            yield break;
        Spec[] drawn = [.. specs.Take(MostSpecs)];
        double most = rows.SelectMany(row => Shares(row.Bins)).Max();
        string least = SummaryTables.Number(edges[0]).PadLeft(NumberWidth);
        foreach (var (label, bins) in rows)
        {
            string heights = bars.Standing(Shares(bins).Select(share => share / most));
            if (label.Length > NameWidth)
                yield return $" {label}";
            yield return $"{Label(label.Length > NameWidth ? "" : label)} {least} {Marked(heights, edges, drawn)} {SummaryTables.Number(edges[^1])}";
        }
        foreach (Spec spec in drawn)
            yield return $"{Label($"  fails {spec.Condition}")} {"", NumberWidth} {Failing(spec, edges, drawn)}".TrimEnd();
    }

    private static string Label(string text) => $" {text, -NameWidth}";

    private static IEnumerable<double> Shares(Histogram bins)
    {
        double sum = Math.Max(1, bins.Counts.Sum());
        return bins.Counts.Select(count => count / sum);
    }

    private static string Failing(Spec spec, IReadOnlyList<double> edges, Spec[] specs)
    {
        // All of a bin is on one side, and the last one may be the largest value alone.
        bool Fails(int bin) => spec.IsLower == edges[bin] < spec.Edge;
        string line = new([.. Enumerable.Range(0, edges.Count - 1).Select(bin => Fails(bin) ? Glyphs.Fails : ' ')]);
        return line.Contains(Glyphs.Fails) ? Marked(line, edges, specs) : "none";
    }

    // Between the bins a mark at each limit.
    private static string Marked(string bins, IReadOnlyList<double> edges, Spec[] specs)
    {
        bool IsLimit(int edge) => edge > 0 && specs.Any(spec => spec.Edge == edges[edge]);
        return string.Concat(bins.Select((bin, i) => IsLimit(i) ? $"{Glyphs.Mark}{bin}" : $"{bin}"));
    }
}
