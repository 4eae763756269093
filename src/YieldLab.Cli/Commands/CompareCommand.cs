using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports;
using YieldLab.Reports.Comparisons;
using YieldLab.Studies;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab compare</c>: what another setting does to yields and metrics, on stored dies.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        Argument<string> first = Shared.Run("A");
        Argument<string> second = Shared.Run("B");
        Option<int?> firstPoint = Shared.Point("--point-a", " of A");
        Option<int?> secondPoint = Shared.Point("--point-b", " of B");
        Option<string[]> metric = Shared.Metric("Metrics, separated by commas (default: all that both have)");
        Option<double?> confidence = Shared.Confidence();
        var unpaired = new Option<bool>("--unpaired") { Description = "Take the dies of A and B for independent" };
        Option<bool> json = Shared.Json();
        var command = new Command(
            "compare",
            "Compare yields and metrics of two stored runs, or of two points of a sweep"
        )
        {
            first,
            second,
            firstPoint,
            secondPoint,
            metric,
            confidence,
            unpaired,
            json,
        };
        command.SetAction(parsed =>
        {
            StoredPointDies a = Shared.Stored(parsed.GetRequiredValue(first), parsed.GetValue(firstPoint), "--point-a");
            StoredPointDies b = Shared.Stored(
                parsed.GetRequiredValue(second),
                parsed.GetValue(secondPoint),
                "--point-b"
            );
            IReadOnlyList<string> names = Shared.Names(parsed.GetValue(metric));
            Column[] metrics = [.. Metrics(a, b, names)];
            StudyComparison found = StudyComparison.Of(
                a,
                b,
                metrics,
                parsed.GetValue(confidence) ?? Shared.UsualConfidence,
                parsed.GetValue(unpaired)
            );
            if (parsed.GetValue(json))
                Console.WriteLine(CompareJson.Of(found));
            else
                CompareTables.Print(found, names.Count > 0 ? found.Metrics : found.Specified);
            return 0;
        });
        return command;
    }

    private static IEnumerable<Column> Metrics(StoredPointDies a, StoredPointDies b, IReadOnlyList<string> names)
    {
        bool InB(Column column) => b.Metrics.Any(other => other.Name == column.Name);
        if (names.Count == 0)
            return a.Metrics.Where(InB);
        // What neither has is unknown; what one has cannot be compared.
        Column[] either = [.. a.Metrics.UnionBy(b.Metrics, column => column.Name)];
        IReadOnlyList<Column> named = Shared.Metrics(either, names);
        return named.FirstOrDefault(column => !InB(column) || !a.Metrics.Contains(column)) is { } lacking
            ? throw new StudyException(
                $"--metric: {lacking.Name} is in {(InB(lacking) ? "B" : "A")} alone; expected metrics that both runs have"
            )
            : named;
    }
}
