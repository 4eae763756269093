using System.Globalization;
using Spectre.Console;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Yields;
using YieldLab.Statistics;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Cli.Output;

/// <summary>Prints what the dies of a point say on yields, in tables that fit 80 columns. Specifications have letters where two
/// of them stand in a line.</summary>
internal static class YieldTables
{
    private const string Unknown = "-";

    public static void Print(YieldReport report)
    {
        PrintYields(report);
        HistogramText.Print(report.Histograms);
        Console.WriteLine();
        if (report.Failures is { Dies: > 0 } failures)
            PrintFailures(report, failures);
        if (report.Capabilities.Count > 0)
            PrintCapabilities(report);
        PrintQuantiles(report);
        PrintTolerances(report);
        PrintNeeded(report);
        PrintNotes(YieldNotes.OfRun(report));
    }

    /// <summary>A letter for each of 26 specifications, then a number.</summary>
    internal static string Letter(int spec) => spec < 26 ? $"{(char)('A' + spec)}" : $"S{spec + 1}";

    private static void PrintYields(YieldReport report)
    {
        Wrapped.Print(Heading(report));
        Terminal.Write(SummaryTables.Yields(report.Confidence.Rule, report.Yields.Select(yield => yield.Estimate)));
        string sure = Percent(report.Confidence.Confidence);
        Table table = SummaryTables.NewTable("spec", "one-sided\nsigma", "two-sided\nsigma", $"{sure} sure:\nat least");
        foreach (SpecYield yield in report.Yields)
            table.AddRow(
                Markup.Escape(yield.Estimate.Name),
                Sigma(yield.OneSided),
                Sigma(yield.TwoSided),
                // A promise: the last digit is cut off.
                $"{Math.Floor(1000 * yield.AtLeast) / 10:0.0} %"
            );
        Terminal.Write(table);
    }

    private static string Heading(YieldReport report)
    {
        long failed = report.Reasons.Values.Sum(count => (long)count);
        string swept = SweepTable.Values(report.Point.Point, ", ");
        return $"{report.Point.Run.Name}{(swept.Length == 0 ? "" : $" at {swept}")}: {Counted.Dies(report.Dies)}, {failed} failed";
    }

    private static string Sigma(YieldSigma sigma) =>
        $"{Sigma(sigma.Value)}\n{Sigma(sigma.Lower)} to {Sigma(sigma.Upper)}";

    private static string Sigma(double sigma) => double.IsFinite(sigma) ? $"{sigma:0.00}" : Unknown;

    private static void PrintFailures(YieldReport report, FailureReport failures)
    {
        Title($"what fails, of {Counted.Dies(failures.Dies)} with a result", holds: true);
        Table table = SummaryTables.NewTable("", "fail", "it alone", "of all", Interval(report));
        foreach (SpecFailures spec in failures.Specs)
            table.AddRow(
                Markup.Escape($"{Letter(spec.Spec)}  {report.Yields[spec.Spec].Estimate.Name}"),
                $"{spec.Failed}",
                $"{spec.Alone.Passed}",
                SummaryTables.Percent(spec.Alone.Value),
                SummaryTables.Interval(spec.Alone)
            );
        Terminal.Write(table);
        PrintConditional(report, failures);
        PrintPatterns(failures);
    }

    private static void PrintConditional(YieldReport report, FailureReport failures)
    {
        bool holds = report.Confidence.Rule is not EstimateRule.Replicated;
        Title("of the dies that fail one, those that fail another too", holds);
        Table table = SummaryTables.NewTable("fail", "fail too", "dies", "share", Interval(report));
        foreach (ConditionalFailure pair in failures.Conditional)
            table.AddRow(
                Letter(pair.Given),
                Letter(pair.Also),
                $"{pair.Count} of {pair.Total}",
                pair.Share is { } share ? SummaryTables.Percent(share) : Unknown,
                pair.Interval is { } interval ? Range(interval) : Unknown
            );
        Terminal.Write(table);
    }

    private static void PrintPatterns(FailureReport failures)
    {
        Title("what fails together", holds: true);
        Table table = SummaryTables.NewTable("fail these, no other", "dies", "share");
        foreach (FailurePattern pattern in failures.Patterns)
            table.AddRow(
                pattern.Specs.Count == 0 ? "none" : string.Join(' ', pattern.Specs.Select(Letter)),
                $"{pattern.Dies}",
                SummaryTables.Percent((double)pattern.Dies / failures.Dies)
            );
        Terminal.Write(table);
    }

    private static void PrintCapabilities(YieldReport report)
    {
        Title("capability", report.Confidence.HoldsForAll);
        Table table = SummaryTables.NewTable("metric", "limits", "Cp", "Cpk", "if normal\ncounted");
        foreach (MetricCapability metric in report.Capabilities)
            table.AddRow(
                Markup.Escape(metric.Column.Name),
                Limits(metric.Limits),
                Index(metric.Capability?.Cp),
                Index(metric.Capability?.Cpk),
                metric.Capability is { } found
                    ? $"{SummaryTables.Percent(found.NormalYield)}\n{SummaryTables.Percent((double)metric.Inside / metric.Dies)}"
                    : Unknown
            );
        Terminal.Write(table);
        PrintNotes(report.Capabilities.Select(YieldNotes.Of).OfType<string>());
    }

    private static string Index(CapabilityIndex? index) =>
        index is { } found ? $"{found.Value:0.000}\n{found.Lower:0.000} to {found.Upper:0.000}" : Unknown;

    private static string Limits(MetricLimits limits) =>
        string.Join(
            '\n',
            new[]
            {
                limits.Lower is { } lower ? $"from {SummaryTables.Number(lower)}" : null,
                limits.Upper is { } upper ? $"to {SummaryTables.Number(upper)}" : null,
            }.OfType<string>()
        );

    private static void PrintQuantiles(YieldReport report)
    {
        if (report.Quantiles.Count == 0)
            return;
        Title($"quantiles, {Percent(report.Confidence.Confidence)} intervals", report.Confidence.HoldsForAll);
        Table table = SummaryTables.NewTable("metric", "at", "value", "from", "to", "covers");
        foreach (MetricQuantileIntervals metric in report.Quantiles)
        foreach (QuantileInterval quantile in metric.Quantiles)
            table.AddRow(
                Markup.Escape(metric.Column.Name),
                Percent(quantile.Probability),
                SummaryTables.Number(quantile.Estimate),
                End(quantile.Lower),
                End(quantile.Upper),
                Sure(quantile.Coverage)
            );
        Terminal.Write(table);
        PrintNotes(YieldNotes.OfQuantiles(report));
    }

    private static void PrintTolerances(YieldReport report)
    {
        if (report.Tolerances.Count == 0)
            return;
        Title(
            $"{Percent(report.Confidence.Confidence)} sure: {Percent(report.Asked.Share)} of all dies lie",
            report.Confidence.HoldsForAll
        );
        Table table = SummaryTables.NewTable("metric", "from", "to", "sure");
        foreach (MetricTolerance tolerance in report.Tolerances)
            table.AddRow(
                Markup.Escape(tolerance.Column.Name),
                tolerance.Exists ? End(tolerance.Bound.Lower) : Unknown,
                tolerance.Exists ? End(tolerance.Bound.Upper) : Unknown,
                tolerance.Exists ? Sure(tolerance.Bound.Confidence!.Value) : Unknown
            );
        Terminal.Write(table);
        PrintNotes(YieldNotes.OfTolerances(report));
    }

    private static void PrintNeeded(YieldReport report)
    {
        ProportionMethod method = report.Confidence.Method;
        Title($"dies for +-{Percent(report.Asked.HalfWidth)} ({method.Name()})", report.Confidence.HoldsForAll);
        Table table = SummaryTables.NewTable("spec", "+- now", "in all", "more", "worse\nyield", "then\nmore");
        foreach (DiesNeeded needed in report.Needed)
            table.AddRow(
                Markup.Escape(needed.Yield.Name),
                $"{100 * needed.HalfWidth:0.00} %",
                Count(needed.AtYield[method]),
                Count(needed.More(needed.AtYield[method])),
                SummaryTables.Percent(needed.Worse),
                Count(needed.More(needed.AtWorse[method]))
            );
        Terminal.Write(table);
        PrintNotes(YieldNotes.OfNeeded(report));
    }

    private static string Count(long? dies) => dies is { } count ? $"{count}" : Unknown;

    private static string End(double? value) => value is { } end ? SummaryTables.Number(end) : Unknown;

    private static string Sure(double confidence) => $"{Math.Floor(10000 * confidence) / 100:0.00} %";

    internal static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.######} %");

    private static string Range(ProportionInterval interval) =>
        $"{SummaryTables.Percent(interval.Lower)} to {SummaryTables.Percent(interval.Upper)}";

    private static string Interval(YieldReport report) => SummaryTables.Interval(report.Confidence.Rule);

    private static void Title(string text, bool holds) => Wrapped.Print(holds ? text : $"{text} {YieldNotes.Mark}");

    private static void PrintNotes(IEnumerable<string> notes)
    {
        foreach (string note in notes)
            Wrapped.Print(note);
    }
}
