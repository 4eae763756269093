using Spectre.Console;
using YieldLab.Statistics;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Prints where the variance of each metric comes from, in a table that fits 80 columns.</summary>
internal static class VarianceTable
{
    private const string Unknown = "-";
    private const string BelowZero = "0*";

    public static void Print(VarianceStudy variance)
    {
        Console.WriteLine(Heading(variance));
        Terminal.Write(Shares(variance));
        foreach (string line in Notes(variance))
            Console.WriteLine(line);
    }

    private static string Heading(VarianceStudy variance)
    {
        VarianceDesign design = variance.Design;
        string noises = variance.Study.Noise is null ? "" : $" x {design.Noises} noises";
        return $"{variance.Study.File.Study.Name}: {Counted.Dies(design.Dies)} x {design.Orders} orders{noises}, {design.Trainings} trainings";
    }

    private static Table Shares(VarianceStudy variance)
    {
        Table table = SummaryTables.NewTable(
            "metric",
            "mean\nsd",
            "silicon\n%",
            "order\n%",
            "inter-\naction %",
            "noise\n%"
        );
        foreach (MetricVariance metric in variance.Metrics)
        {
            VarianceComponents? found = metric.Components;
            table.AddRow(
                Markup.Escape(metric.Column.Name),
                found is null
                    ? Unknown
                    : $"{SummaryTables.Number(found.Mean)}\n{SummaryTables.Number(Math.Sqrt(found.Variance))}",
                Cell(found?.Silicon),
                Cell(found?.Order),
                Cell(found?.Interaction),
                Cell(found?.Noise)
            );
        }
        return table;
    }

    private static IEnumerable<string> Notes(VarianceStudy variance)
    {
        yield return "sd: of one training of a random die; shares of its square, +- one standard error";
        if (variance.Metrics.Any(metric => Negatives(metric.Components)))
            yield return $"{BelowZero}: the estimate is below 0; the source is small or absent";
        if (variance.Study.Noise is null)
            yield return "noise: the study has none (noise: { shot: on })";
        foreach (var (reason, count) in variance.Failures.OrderByDescending(failure => failure.Value))
            yield return $"failed in a training and left out: {count} of {variance.Design.Dies} dies: {reason}";
        int complete = variance.Design.Dies - variance.Failures.Values.Sum();
        foreach (MetricVariance metric in variance.Metrics.Where(metric => metric.Dies < complete))
            yield return $"{metric.Column.Name}: of the {Counted.Of(metric.Dies, "die that has", "dies that have")} it in every training";
    }

    private static bool Negatives(VarianceComponents? found) =>
        found is not null
        && (found.Silicon.Share < 0 || found.Order.Share < 0 || found.Interaction.Share < 0 || found.Noise?.Share < 0);

    // The share above its error.
    private static string Cell(VarianceShare? share) =>
        share is not { } found || !double.IsFinite(found.Share)
            ? Unknown
            : $"{(found.Share < 0 ? BelowZero : Percent(found.Share))}\n+-{(double.IsFinite(found.Error) ? Percent(found.Error) : "?")}";

    private static string Percent(double share) => share < 0.0995 ? $"{100 * share:0.00}" : $"{100 * share:0.0}";
}
