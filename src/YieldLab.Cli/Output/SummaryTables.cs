using Spectre.Console;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics;

namespace YieldLab.Cli.Output;

/// <summary>Prints what a run found, in tables that fit 80 columns.</summary>
internal static class SummaryTables
{
    // Of the quantiles of a summary, those for which there is room.
    private static readonly int[] Shown = [0, 1, 3, 5, 6];

    /// <summary>Prints a stored run.</summary>
    /// <param name="run">What is stored.</param>
    /// <param name="outcome">How the run ended that stored it; null where none did.</param>
    public static void Print(StoredRun run, RunOutcome? outcome)
    {
        if (run.Swept.Count == 0)
            PrintPoint(run, run.Points[0]);
        else
            SweepTable.Print(run);
        foreach (RunSummary point in run.Points)
            PrintStop(run, point);
        if (outcome?.End == RunEnd.TimeOver)
            Wrapped.Print("stopped because the time of stop.after is over; the same command goes on");
        if (outcome?.End == RunEnd.Unfinished)
            Wrapped.Print("dies of the run are missing; the same command without --only-failed computes them");
        foreach (var (reason, count) in Failures(run))
            Wrapped.Print($"failed dies: {count}: {reason}");
        PrintRange(run);
        if (run.Swept.Count == 0)
            Wrapped.Print($"ideal SGDr without a circuit: {Ideal(run)}");
        Wrapped.Print(Counts(run, outcome));
        Console.WriteLine($"data: {run.Path}");
    }

    private static void PrintPoint(StoredRun run, RunSummary summary)
    {
        if (summary.Dies == 0)
            return;
        Terminal.Write(Yields(run.Rule, summary.Yields));
        HistogramText.Print(summary.Histograms.Where(histogram => run.IsSpecified(histogram.Column)));
        Terminal.Write(Metrics(summary));
    }

    private static void PrintStop(StoredRun run, RunSummary point)
    {
        string of = point.Point.Name.Length == 0 ? "" : $" of {point.Point.Name}";
        if (run.Reason(point.Point) is { } reason)
            Wrapped.Print($"stopped after {Counted.Dies(point.Dies)}{of}: {reason}");
        if (point.Uncounted > 0)
            Wrapped.Print(
                $"{Counted.Of(point.Uncounted, "more die", "more dies")}{of} {(point.Uncounted == 1 ? "is" : "are")} stored and not counted"
            );
    }

    private static IEnumerable<(string Reason, int Count)> Failures(StoredRun run) =>
        run
            .Points.SelectMany(point => point.Failures)
            .GroupBy(failure => failure.Key, (reason, counts) => (reason, counts.Sum(count => count.Value)))
            .OrderByDescending(failure => failure.Item2);

    private static void PrintRange(StoredRun run)
    {
        if (run.Swept.Count == 0 && run.Points[0].Yields is [.., { Unknown: > 0 } all])
            Wrapped.Print(Range(all));
    }

    // What a failed die would have done is not known: the yield lies between two numbers.
    internal static string Range(YieldEstimate all) =>
        $"yield of all specs: {Percent(all.Value)} if the {Counted.Of(all.Unknown, "failed die fails", "failed dies fail")}, {Percent(all.IfUnknownPass)} if {(all.Unknown == 1 ? "it passes" : "they pass")}";

    private static string Ideal(StoredRun run) =>
        string.Join(
            ", ",
            run.Ideal(run.Description.Points[0]).Select(metric => $"{metric.Key} {Number((double)metric.Value!)}")
        );

    private static string Counts(StoredRun run, RunOutcome? outcome)
    {
        if (outcome is null)
            return $"{Counted.Dies(run.Dies)}, {run.Failed} failed";
        RunProgress progress = outcome.Progress;
        string kept = progress.Kept == 0 ? "" : $", {progress.Kept} of them stored before";
        return $"{Counted.Dies(run.Dies)}{kept} in {progress.Elapsed.TotalSeconds:0.0} s ({progress.Rate:0}/s), {run.Failed} failed";
    }

    internal static Table Yields(EstimateRule rule, IEnumerable<YieldEstimate> yields)
    {
        Table table = NewTable("spec", "passed", "yield", Interval(rule));
        foreach (YieldEstimate yield in yields)
            table.AddRow(
                Markup.Escape(yield.Name),
                $"{yield.Passed} of {yield.Total}",
                Percent(yield.Value),
                Interval(yield)
            );
        return table;
    }

    private static Table Metrics(RunSummary summary)
    {
        Table table = NewTable(["metric", .. Shown.Select(i => $"{100 * RunSummary.Probabilities[i]:0} %")]);
        foreach (MetricQuantiles metric in summary.Metrics)
            table.AddRow([Markup.Escape(metric.Column.Name), .. Shown.Select(i => Number(metric.Values[i]))]);
        return table;
    }

    internal static string Interval(EstimateRule rule) => $"{100 * rule.Confidence:0.######} % interval";

    internal static string Interval(YieldEstimate yield) =>
        $"{Percent(yield.Interval.Lower)} to {Percent(yield.Interval.Upper)}";

    /// <summary>A table whose first column is text, broken where there is no room, and whose others are numbers.</summary>
    internal static Table NewTable(params string[] headers)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (int i = 0; i < headers.Length; i++)
        {
            var column = new TableColumn(headers[i]) { NoWrap = i > 0, Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }
        return table;
    }

    internal static string Percent(double share) => $"{100 * share:0.0} %";

    // At most seven characters, so that five quantiles fit beside the longest name.
    internal static string Number(double value) =>
        double.IsNaN(value) ? "-"
        : double.IsPositiveInfinity(value) ? "never"
        : new[] { $"{value:g4}", $"{value:g3}", $"{value:0.0e+00}" }.MinBy(text => Math.Max(text.Length, 7))!;
}
