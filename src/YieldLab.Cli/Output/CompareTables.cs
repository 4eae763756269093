using Spectre.Console;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Comparisons;
using YieldLab.Statistics;
using YieldLab.Statistics.Comparison;
using YieldLab.Studies.Settings;

namespace YieldLab.Cli.Output;

/// <summary>Prints two stored points side by side, in tables that fit 80 columns.</summary>
internal static class CompareTables
{
    private const string Unknown = "-";
    private const int MostSettings = 12;
    private const int MostDies = 5;

    /// <summary>Prints a comparison.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="drawn">Which metrics are drawn.</param>
    public static void Print(StudyComparison found, IEnumerable<MetricComparison> drawn)
    {
        Wrapped.Print($"A: {Name(found.First)}");
        Wrapped.Print($"B: {Name(found.Second)}");
        foreach (string line in Settings(found))
            Wrapped.Print(line);
        Wrapped.Print(Pairing(found));
        if (found.Yields.Count > 0)
            Terminal.Write(Yields(found));
        else
            Wrapped.Print("yields: not compared, since they have no specification of a metric that both have");
        // With one specification, all of them are the same dies.
        foreach (YieldComparison yield in found.Yields.Count == 2 ? found.Yields.Take(1) : found.Yields)
            PrintChanged(yield);
        PrintHistograms(drawn);
        if (found.Metrics.Count > 0)
            Terminal.Write(Metrics(found));
        foreach (string line in Notes(found))
            Wrapped.Print(line);
    }

    private static string Name(StoredPointDies stored)
    {
        string point = stored.Point.Name.Length == 0 ? "" : $", {stored.Point.Name}";
        return $"{stored.Run.Path}{point}, {Counted.Dies(stored.Dies.Indices.Length)}";
    }

    private static IEnumerable<string> Settings(StudyComparison found)
    {
        if (found.Settings.Count == 0)
            yield return "no setting differs";
        foreach (var (key, first, second) in found.Settings.Take(MostSettings))
            yield return key.EndsWith("sha256", StringComparison.Ordinal)
                ? $"differs: {key}, so what is in the file"
                : $"differs: {key}: {SettingText.Of(key, first)} in A, {SettingText.Of(key, second)} in B";
        if (found.Settings.Count > MostSettings)
            yield return $"and {Counted.Of(found.Settings.Count - MostSettings, "more setting", "more settings")} (--json has all)";
    }

    private static string Pairing(StudyComparison found)
    {
        if (!found.Pairs.Paired)
            return $"not paired: {found.Pairs.Reason}";
        int pairs = found.Pairs.FirstRows.Count;
        int alone = found.First.Dies.Indices.Length + found.Second.Dies.Indices.Length - 2 * pairs;
        return $"paired: {Counted.Of(pairs, "die is", "dies are")} the same silicon: {found.Pairs.Reason}"
            + (
                alone == 0
                    ? ""
                    : $"; {Counted.Of(alone, "die that one of them has alone is", "dies that one of them has alone are")} left out"
            );
    }

    private static bool ContradictsItself(YieldComparison yield, StudyComparison found) =>
        yield.ExactP is { } p && p < 1 - found.Confidence == yield.Difference.Holds(0);

    private static Table Yields(StudyComparison found)
    {
        Table table = SummaryTables.NewTable(
            "spec",
            "yield A\nyield B",
            $"B - A\n{100 * found.Confidence:0.######} % interval",
            "p"
        );
        foreach (YieldComparison yield in found.Yields)
            table.AddRow(
                Markup.Escape(yield.Name),
                $"{Percent(yield.First)}\n{Percent(yield.Second)}",
                $"{Points(yield.Difference.Value)}\n{Points(yield.Difference.Lower)} to {Points(yield.Difference.Upper)}",
                yield.ExactP is { } p ? Probability(p) : Unknown
            );
        return table;
    }

    private static void PrintChanged(YieldComparison yield)
    {
        if (yield.Pairs is null)
            return;
        Wrapped.Print($"{yield.Name}: pass in B alone: {Dies(yield.Gained)}");
        Wrapped.Print($"{yield.Name}: pass in A alone: {Dies(yield.Lost)}");
    }

    private static string Dies(IReadOnlyList<long> dies) =>
        dies.Count == 0
            ? "none"
            : $"{dies.Count} (die {string.Join(", ", dies.Take(MostDies))}{(dies.Count > MostDies ? ", ..." : "")})";

    private static void PrintHistograms(IEnumerable<MetricComparison> metrics)
    {
        string[] lines =
        [
            .. metrics.SelectMany(metric =>
                HistogramText.Lines(
                    [($"{metric.Column.Name}, A", metric.First.Bins), ("  B", metric.Second.Bins)],
                    metric.Specs,
                    Bars.OfOutput
                )
            ),
        ];
        if (lines.Length > 0)
            Console.WriteLine();
        foreach (string line in lines)
            Console.WriteLine(line);
    }

    private static Table Metrics(StudyComparison found)
    {
        Table table = SummaryTables.NewTable(
            "metric",
            "mean A\nmedian",
            "mean B\nmedian",
            "B - A\nshift",
            "from",
            "to"
        );
        foreach (MetricComparison metric in found.Metrics)
            table.AddRow(
                Markup.Escape(metric.Column.Name),
                Cell(metric.First.Mean, metric.First.Median),
                Cell(metric.Second.Mean, metric.Second.Median),
                Cell(Tidy(metric.Mean?.Value, metric), Tidy(metric.Shift?.Value, metric)),
                Cell(Tidy(metric.Mean?.Lower, metric), Tidy(metric.Shift?.Lower, metric)),
                Cell(Tidy(metric.Mean?.Upper, metric), Tidy(metric.Shift?.Upper, metric))
            );
        return table;
    }

    private static IEnumerable<string> Notes(StudyComparison found)
    {
        string dies = found.Pairs.Paired ? "dies that have a number in both" : "dies that have a number";
        yield return $"metrics: over {dies}; from, to: {100 * found.Confidence:0.######} % interval of each alone";
        yield return "shift: Hodges and Lehmann's, which a few dies far out do not move";
        if (found.Failed != (0, 0))
            yield return $"failed dies, which pass nothing: {found.Failed.First} in A, {found.Failed.Second} in B";
        foreach (string line in found.Metrics.Select(metric => LeftOut(metric, found.Failed)).OfType<string>())
            yield return line;
        if (found.Metrics.Where(HasSteps).Select(metric => metric.Column.Name).ToArray() is [_, ..] steps)
            yield return $"few different values, so that the interval of the shift has no width and the mean says more: {string.Join(", ", steps)}";
        if (found.LeftOut.Count > 0)
            yield return $"not compared, since one of them does not have it: {string.Join(", ", found.LeftOut)}";
        if (found.Yields.Any(yield => ContradictsItself(yield, found)))
            yield return "p is of the exact test and the interval of another method: near their limit one may say what the other does not";
        if (!found.Pairs.Paired && found.Pairs.ShareDraws)
            yield return "A and B have the same seed: their dies share draws and are not independent, as these intervals assume";
        foreach (string line in Rules(found).Distinct())
            yield return line;
    }

    // Failed dies, of which the line above tells, lack all metrics.
    private static string? LeftOut(MetricComparison metric, (int First, int Second) failed)
    {
        var (a, b) = (metric.First, metric.Second);
        return a.Never + b.Never == 0 && (a.Missing, b.Missing) == failed && metric.Shift is { HasInterval: true }
            ? null
            : $"{metric.Column.Name}: {Counted.Dies(a.Compared)} of A and {b.Compared} of B compared; never in {a.Never} of A, {b.Never} of B; no value in {a.Missing} of A, {b.Missing} of B";
    }

    private static bool HasSteps(MetricComparison metric) =>
        metric is { Shift: { HasInterval: true } shift, Mean: { } mean }
        && shift.Lower == shift.Upper
        && mean.Lower < mean.Upper;

    private static IEnumerable<string> Rules(StudyComparison found)
    {
        foreach (EstimateRule rule in new[] { found.First.Run.Rule, found.Second.Run.Rule })
            if (rule is EstimateRule.AnyTime)
                yield return "a run that ended by looking: intervals of yields hold at any number of dies, those of metrics do not allow for it, and there is no p";
            else if (rule is EstimateRule.Replicated)
                yield return "dies of a design: intervals are from the scatter of its randomisations; the shift has none, and there is no p";
    }

    // What is left of equal numbers by rounding is nothing.
    private static double? Tidy(double? difference, MetricComparison metric) =>
        Math.Abs(difference ?? 0) < 1e-12 * Math.Max(Math.Abs(metric.First.Mean), Math.Abs(metric.Second.Mean))
            ? difference * 0
            : difference;

    private static string Cell(double? above, double? below) => $"{Number(above)}\n{Number(below)}";

    private static string Number(double? value) => SummaryTables.Number(value ?? double.NaN);

    private static string Percent((long Passed, long Total) share) =>
        SummaryTables.Percent((double)share.Passed / share.Total);

    // A signed share; what rounds to nothing has no sign.
    private static string Points(double share) => $"{100 * share:+0.00;-0.00;0.00} %";

    private static string Probability(double p) => p < 0.0001 ? $"{p:0.0e+00}" : $"{p:0.0000}";
}
