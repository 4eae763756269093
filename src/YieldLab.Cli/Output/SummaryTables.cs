using Spectre.Console;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Prints what a run found, in tables that fit 80 columns.</summary>
internal static class SummaryTables
{
    // Of the quantiles of a summary, those for which there is room.
    private static readonly int[] Shown = [0, 1, 3, 5, 6];

    public static void Print(PreparedStudy study, RunSummary summary, RunOutcome outcome, string path)
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (summary.Dies > 0)
        {
            console.Write(Yields(summary));
            console.Write(Metrics(study, summary));
        }
        foreach (var (reason, count) in summary.Failures.OrderByDescending(failure => failure.Value))
            Console.WriteLine($"failed dies: {count}: {reason}");
        string ideal = string.Join(", ", study.IdealMetrics().Select(metric => $"{metric.Key} {Number(metric.Value)}"));
        Console.WriteLine($"ideal SGDr without a circuit: {ideal}");
        double seconds = outcome.Progress.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"{summary.Dies} dies in {seconds:0.0} s ({outcome.Progress.Rate:0}/s), {summary.Failures.Values.Sum()} failed"
        );
        Console.WriteLine($"data: {path}");
    }

    private static Table Yields(RunSummary summary)
    {
        Table table = NewTable("spec", "passed", "yield", "95 % interval");
        foreach (YieldEstimate yield in summary.Yields)
        {
            var interval = yield.Interval;
            table.AddRow(
                Markup.Escape(yield.Name),
                $"{yield.Passed} of {yield.Total}",
                Percent(yield.Value),
                $"{Percent(interval.Lower)} to {Percent(interval.Upper)}"
            );
        }
        return table;
    }

    private static Table Metrics(PreparedStudy study, RunSummary summary)
    {
        Table table = NewTable(["metric", .. Shown.Select(i => $"{100 * RunSummary.Probabilities[i]:0} %")]);
        foreach (MetricQuantiles metric in summary.Metrics)
            table.AddRow([Markup.Escape(metric.Column.Name), .. Shown.Select(i => Number(metric.Values[i]))]);
        return table;
    }

    /// <summary>A table whose first column is text and whose others are numbers.</summary>
    internal static Table NewTable(params string[] headers)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (int i = 0; i < headers.Length; i++)
        {
            var column = new TableColumn(headers[i]) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) };
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }
        return table;
    }

    private static string Percent(double share) => $"{100 * share:0.0} %";

    // At most seven characters, so that five quantiles fit beside the longest name.
    internal static string Number(double value) =>
        double.IsNaN(value) ? "-"
        : double.IsPositiveInfinity(value) ? "never"
        : new[] { $"{value:g4}", $"{value:g3}", $"{value:0.0e+00}" }.MinBy(text => Math.Max(text.Length, 7))!;
}
