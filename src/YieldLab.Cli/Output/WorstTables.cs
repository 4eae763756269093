using Spectre.Console;
using YieldLab.Cli.Commands;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.WorstDies;
using YieldLab.Statistics;
using YieldLab.Studies.Clusters;

namespace YieldLab.Cli.Output;

/// <summary>Prints the worst dies of a metric, in tables that fit 80 columns.</summary>
internal static class WorstTables
{
    private const string Unknown = "-";
    private const int Narrow = 6;

    public static void Print(WorstReport report, Replay replay, string? folder)
    {
        MetricDies dies = report.Dies;
        string metric = dies.Metric.Name;
        Wrapped.Print(Heading(report));
        foreach (QuantileDies quantile in report.Quantiles)
        {
            string at = $"{100 * quantile.Probability:0.######} % quantile";
            Wrapped.Print($"{metric}, {at}: {SummaryTables.Number(quantile.Value)}; the dies nearest to it");
            Terminal.Write(Dies(dies, "die", quantile.Dies.Select(die => ($"{die.Index}", die))));
        }
        Wrapped.Print($"{metric}, corners: the quantile, its interval, and the die that stands for it");
        Terminal.Write(Corners(report));
        Terminal.Write(Dies(dies, "corner", report.Corners.Select(corner => ($"{corner.Signed:+0;-0}", corner.Die))));
        foreach (string line in Notes(report))
            Wrapped.Print(line);
        PrintReplay(report, replay);
        if (folder is not null)
            foreach (SigmaCorner corner in report.Corners)
                Console.WriteLine($"written: {Path.Combine(folder, WorstCommand.CaseName(report, corner))}");
    }

    private static string Heading(WorstReport report)
    {
        string point = report.Stored.Point.Name.Length == 0 ? "" : $", {report.Stored.Point.Name}";
        int all = report.Stored.Dies.Indices.Length;
        string of = report.Dies.Count == all ? $"{all}" : $"{report.Dies.Count} of {all}";
        return $"{report.Stored.Run.Path}{point}: {of} dies that have {report.Dies.Metric.Name}";
    }

    private static Table Dies(MetricDies dies, string first, IEnumerable<(string Label, ToldDie Die)> rows)
    {
        Table table = SummaryTables.NewTable([
            first,
            "value",
            "all\nspecs",
            .. dies.SharedColumns.Select(column => Header(column.Name)),
        ]);
        foreach (var (label, die) in rows)
            table.AddRow([
                label,
                SummaryTables.Number(die.Value),
                die.Passed ? "pass" : "fail",
                .. die.Shared.Select(Short),
            ]);
        return table;
    }

    private static Table Corners(WorstReport report)
    {
        Table table = SummaryTables.NewTable(
            "sigma",
            "one die in",
            "quantile",
            $"{100 * report.Confidence:0.######} % interval",
            "dies in it",
            "die",
            "distance"
        );
        foreach (SigmaCorner corner in report.Corners)
            table.AddRow(
                $"{corner.Signed:+0;-0}",
                $"{corner.OneIn:0.#}",
                SummaryTables.Number(corner.Value),
                $"{End(corner.Lower)} to {End(corner.Upper)}",
                $"{corner.Candidates}",
                $"{corner.Die.Index}",
                double.IsFinite(corner.Die.Distance) ? $"{corner.Die.Distance:0.00}" : Unknown
            );
        return table;
    }

    private static IEnumerable<string> Notes(WorstReport report)
    {
        MetricDies dies = report.Dies;
        if (report.Bad.Count == 0)
            yield return $"no specification names {dies.Metric.Name}: both sides are shown";
        foreach (SigmaCorner corner in report.Corners.Where(corner => dies.Count < corner.OneIn))
            yield return $"{corner.Signed:+0;-0} sigma is one die in {corner.OneIn:0}, and there are {dies.Count}: its quantile is a guess from the outermost dies";
        if (report.Corners.Any(corner => corner.Lower is null || corner.Upper is null))
            yield return $"{Unknown}: too few dies for this end of the interval";
        yield return "distance: of what all cells of a die share from the mean of all dies, in standard deviations (Mahalanobis); the die of a corner has the smallest";
        if (report.Stored.Run.Rule is EstimateRule.Replicated)
            yield return "dies of a design: the intervals are those of as many independent dies";
        if (dies.Without > 0)
            yield return $"{Counted.Of(dies.Without, "die did not fail and has", "dies did not fail and have")} no {dies.Metric.Name}";
        foreach (FailedDies failed in report.Failures)
            yield return $"failed, worse than all of these: {failed.Count} (die {string.Join(", ", failed.First)}{(failed.Count > failed.First.Count ? ", ..." : "")}): {failed.Reason}";
    }

    // One command for all dies; what would make a line too long goes on after a backslash, as a shell takes it.
    private static void PrintReplay(WorstReport report, Replay replay)
    {
        if (replay.Problem() is { } problem)
        {
            Wrapped.Print($"no command for a die again: {problem}");
            return;
        }
        Console.WriteLine("one of them again, as a case file (another die: another number):");
        long die = report.Quantiles.Count > 0 ? report.Quantiles[0].Dies[0].Index : report.Corners[0].Die.Index;
        string line = " ";
        foreach (string word in replay.Words(die).Select(ShellText.Quote))
        {
            if (line.Length + 1 + word.Length > 78)
            {
                Console.WriteLine($"{line} \\");
                line = "   ";
            }
            line += $" {word}";
        }
        Console.WriteLine(line);
    }

    private static string End(double? end) => end is { } value ? SummaryTables.Number(value) : Unknown;

    // At most seven characters.
    private static string Short(double value) =>
        new[] { $"{value:g3}", $"{value:0.0e+0}", $"{value:0e+0}" }.FirstOrDefault(text => text.Length <= 7)
        ?? SummaryTables.Number(value);

    // A word to a line, and a long word on two.
    private static string Header(string name) =>
        string.Join('\n', name.Split('_').SelectMany(word => word.Length <= Narrow + 1 ? [word] : Parts(word)));

    private static string[] Parts(string word) => [$"{word[..Narrow]}-", word[Narrow..]];
}
