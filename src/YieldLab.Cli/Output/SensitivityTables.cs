using Spectre.Console;
using YieldLab.Statistics;
using YieldLab.Statistics.Comparison;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Sensitivity;

namespace YieldLab.Cli.Output;

/// <summary>Prints which groups the metrics and the yield depend on, in tables that fit 80 columns.</summary>
internal static class SensitivityTables
{
    private const string BelowZero = "0*";

    public static void Print(SensitivityStudy found)
    {
        Wrapped.Print(
            $"{found.Study.File.Study.Name}: {found.Dies} dies, {Counted.Of(found.Groups.Count, "group", "groups")}, {found.Trainings} trainings"
        );
        foreach (YieldSensitivity yield in found.Yields)
            Print(found, yield);
        foreach (MetricSensitivity metric in found.Metrics)
            Print(found, metric);
        foreach (string line in Notes(found))
            Wrapped.Print(line);
    }

    private static void Print(SensitivityStudy found, YieldSensitivity yield)
    {
        Console.WriteLine();
        Wrapped.Print(
            $"{yield.Name}: {yield.Passed} of {yield.Dies} dies pass, {SummaryTables.Percent((double)yield.Passed / yield.Dies)}"
        );
        if (yield.Indices is null)
            Console.WriteLine("no indices: the dies all pass or all fail");
        Terminal.Write(Table(found, yield.Indices, [.. yield.Gains.Select(gain => gain.Difference(found.Confidence))]));
        PrintBars(found, yield.Indices);
    }

    private static void Print(SensitivityStudy found, MetricSensitivity metric)
    {
        Console.WriteLine();
        if (metric.Indices is not { } indices)
        {
            Wrapped.Print(
                metric.Rows < GroupSobol.Fewest
                    ? $"{metric.Column.Name}: no indices: {metric.Rows} of {found.Dies} dies have it in every training; {GroupSobol.Fewest} are needed"
                    : $"{metric.Column.Name}: no indices: it is the same for all dies"
            );
            return;
        }
        Wrapped.Print(
            $"{metric.Column.Name}: mean {SummaryTables.Number(indices.Mean)}, sd {SummaryTables.Number(Math.Sqrt(indices.Variance))} of 2 x {metric.Rows} dies"
        );
        Terminal.Write(Table(found, indices, null));
        PrintBars(found, indices);
    }

    private static void PrintBars(SensitivityStudy found, GroupSobol? indices)
    {
        if (indices is null)
            return;
        var groups = Order(found.Groups.Count, indices, null).Select(g => (found.Groups[g].Name, indices.Groups[g]));
        foreach (string line in SensitivityBars.Lines([.. groups], Bars.OfOutput))
            Console.WriteLine(line);
    }

    private static Table Table(SensitivityStudy found, GroupSobol? indices, IReadOnlyList<Difference>? gains)
    {
        string[] ofIndices = ["first %", "total %"];
        string[] ofGains = ["gain, points"];
        Table table = SummaryTables.NewTable([
            "group",
            .. indices is null ? [] : ofIndices,
            .. gains is null ? [] : ofGains,
        ]);
        foreach (int g in Order(found.Groups.Count, indices, gains))
            table.AddRow([
                Markup.Escape(found.Groups[g].Name),
                .. indices is null ? [] : new[] { Cell(indices.Groups[g].First), Cell(indices.Groups[g].Total) },
                .. gains is null ? [] : new[] { Cell(gains[g]) },
            ]);
        if (indices is not null)
            AddSums(table, indices, gains is not null);
        return table;
    }

    private static void AddSums(Table table, GroupSobol indices, bool hasGains)
    {
        string[] rest = ["", .. hasGains ? new[] { "" } : []];
        table.AddEmptyRow();
        table.AddRow(["sum", Cell(indices.Additive), .. rest]);
        table.AddRow(["interaction", Cell(indices.Additive.Complement()), .. rest]);
    }

    private static IEnumerable<int> Order(int count, GroupSobol? indices, IReadOnlyList<Difference>? gains) =>
        Enumerable.Range(0, count).OrderByDescending(g => indices?.Groups[g].Total.Value ?? gains![g].Value);

    private static IEnumerable<string> Notes(SensitivityStudy found)
    {
        yield return "";
        yield return $"in brackets: {100 * found.Confidence:0.######} % intervals";
        yield return "first: part of the variance that the group explains alone; total: alone or with others; interaction: what no group explains alone";
        if (found.Yields.Count > 0)
            yield return "gain: yield of the same dies if the group did not vary, less the yield";
        if (HasNegatives(found))
            yield return $"{BelowZero}: the estimate is below 0; the index is small or 0";
        if (found.Still.Count > 0)
            yield return $"do not vary, 0: {string.Join(", ", found.Still.Select(group => group.Name))}";
        foreach (var (reason, count) in found.Failures.OrderByDescending(failure => failure.Value))
            yield return $"failed in a training: {count} of {found.Dies} dies: {reason}";
        if (found.Failures.Count > 0)
            yield return "failed dies pass nothing; metrics leave them out";
        int complete = found.Dies - found.Failures.Values.Sum();
        foreach (MetricSensitivity metric in found.Metrics.Where(m => m.Indices is not null && m.Rows < complete))
            yield return $"{metric.Column.Name}: of the {Counted.Of(metric.Rows, "die that has", "dies that have")} it in every training";
    }

    private static bool HasNegatives(SensitivityStudy found) =>
        found
            .Yields.Select(yield => yield.Indices)
            .Concat(found.Metrics.Select(metric => metric.Indices))
            .OfType<GroupSobol>()
            .SelectMany(i =>
                i.Groups.SelectMany(group => new[] { group.First, group.Total }).Append(i.Additive.Complement())
            )
            .Any(index => index.Value < 0);

    private static string Cell(SensitivityIndex index) =>
        $"{(index.Value < 0 ? BelowZero : Percent(index.Value))} ({Percent(index.Lower)} to {Percent(index.Upper)})";

    private static string Cell(Difference gain) =>
        $"{Points(gain.Value)} ({Points(gain.Lower)} to {Points(gain.Upper)})";

    private static string Percent(double share) => share < 0.0995 ? $"{100 * share:0.0}" : $"{100 * share:0}";

    private static string Points(double difference) =>
        Math.Abs(difference) < 0.0995 ? $"{100 * difference:+0.0;-0.0;0.0}" : $"{100 * difference:+0;-0}";
}
