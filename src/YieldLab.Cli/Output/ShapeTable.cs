using Spectre.Console;
using YieldLab.Reports;
using YieldLab.Reports.Shapes;
using YieldLab.Statistics;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Cli.Output;

/// <summary>Prints shapes of metrics in tables that fit 80 columns.</summary>
internal static class ShapeTable
{
    private const string Unknown = "-";

    public static void Print(StoredPointDies dies, ShapeQuestion question, IReadOnlyList<MetricShape> shapes)
    {
        string point = dies.Point.Name.Length == 0 ? "" : $", {dies.Point.Name}";
        Console.WriteLine($"{dies.Run.Name}{point}: {Counted.Dies(dies.Dies.Indices.Length)}");
        foreach (MetricShape shape in shapes)
            Print(shape, question);
    }

    private static void Print(MetricShape shape, ShapeQuestion question)
    {
        Console.WriteLine();
        Console.WriteLine(Heading(shape));
        foreach (string note in shape.Notes)
            Console.WriteLine($"  {note}");
        if (shape.Moments is null)
            return;
        Terminal.Write(MomentTable(shape.Moments, question));
        foreach (string line in ShapeHistogram.Lines(shape))
            Console.WriteLine(line);
        if (shape.Tail is null)
            return;
        PrintFits(shape);
        PrintTail(shape.Tail, question);
    }

    private static string Heading(MetricShape shape)
    {
        double[] values = shape.Values.Ascending;
        string range =
            values.Length == 0 ? "" : $", {SummaryTables.Number(values[0])} to {SummaryTables.Number(values[^1])}";
        string step = shape.Grouped is { } grouped ? $" in steps of {SummaryTables.Number(grouped.Step)}" : "";
        return $"{shape.Values.Column.Name} ({shape.Values.Column.Unit}): {Counted.Values(values.Length)}{range}{step}";
    }

    private static Table MomentTable(Moments moments, ShapeQuestion question)
    {
        Table table = SummaryTables.NewTable("moment", "value", "+-", $"{Percent(question.Confidence)} interval");
        void Row(string name, Estimate? found, Interval? interval) =>
            table.AddRow(name, Number(found?.Value), Number(found?.Error), Text(interval));
        Row("mean", moments.Mean, moments.MeanInterval);
        Row("sd", moments.Deviation, moments.DeviationInterval);
        Row("skewness", moments.Skewness, null);
        Row("excess kurtosis", moments.ExcessKurtosis, null);
        return table;
    }

    private static void PrintFits(MetricShape shape)
    {
        FamilyShape[] fitted = [.. shape.Fits.Where(fit => fit.Result.Fit is not null)];
        if (fitted.Length > 0)
            Terminal.Write(shape.Grouped is null ? FitTable(fitted) : CellFitTable(fitted));
        foreach (FamilyShape fit in shape.Fits.Where(fit => fit.Result.Reason is not null))
            Wrapped.Print($"{ShapeJson.Name(fit.Result.Family)}: {fit.Result.Reason}");
        foreach (string line in Footnotes(fitted.SelectMany(fit => fit.Tests)))
            Console.WriteLine(line);
    }

    private static Table FitTable(FamilyShape[] fitted)
    {
        Table table = SummaryTables.NewTable("law", "AIC\n- best", "parameters", "KS\nD", "KS\np", "AD\np", "SW\np");
        double best = fitted[0].Result.Fit!.Aic;
        foreach (FamilyShape shape in fitted)
        {
            FittedLaw fit = shape.Result.Fit!;
            FitTest? smirnov = Test(shape, GoodnessOfFit.KolmogorovSmirnovName);
            table.AddRow(
                ShapeJson.Name(fit.Law.Family),
                Criterion(fit.Aic - best),
                Parameters(fit),
                Number(smirnov?.Statistic),
                Probability(smirnov),
                Probability(Test(shape, GoodnessOfFit.AndersonDarlingName)),
                Probability(Test(shape, GoodnessOfFit.ShapiroWilkName))
            );
        }
        return table;
    }

    private static Table CellFitTable(FamilyShape[] fitted)
    {
        Table table = SummaryTables.NewTable("law", "AIC\n- best", "parameters", "chi-square\np");
        double best = fitted[0].Result.Fit!.Aic;
        foreach (FamilyShape shape in fitted)
        {
            FittedLaw fit = shape.Result.Fit!;
            table.AddRow(
                ShapeJson.Name(fit.Law.Family),
                Criterion(fit.Aic - best),
                Parameters(fit),
                Probability(Test(shape, GoodnessOfFit.ChiSquareName))
            );
        }
        return table;
    }

    private static IEnumerable<string> Footnotes(IEnumerable<FitTest> tests)
    {
        FitTest[] all = [.. tests];
        if (all.Where(test => test.MonteCarloError is not null).MaxBy(test => test.MonteCarloError) is { } sampled)
            yield return $"~: {sampled.Method}; error of p up to {sampled.MonteCarloError:0.000}";
        foreach (
            string reason in all.Where(test => test.P is null).Select(test => $"{test.Name}: {test.Method}").Distinct()
        )
            yield return reason;
    }

    private static void PrintTail(TailShape tail, ShapeQuestion question)
    {
        Console.WriteLine();
        Console.WriteLine(TailHeading(tail));
        if (tail.Peaks?.Result.Fit is { } fit)
            Wrapped.Print(
                $"generalised Pareto: {Parameters(fit).Replace("\n", ", ", StringComparison.Ordinal)}{Tests(tail.Tests)}"
            );
        if (tail.Reason is not null)
            Wrapped.Print($"generalised Pareto: {tail.Reason}");
        string confidence = Percent(question.Confidence);
        Table table = SummaryTables.NewTable(
            $"dies {(tail.Side == TailSide.Lower ? "below" : "above")}",
            "as seen",
            $"{confidence} interval",
            "by the law",
            $"{confidence} interval"
        );
        foreach (TailRow row in tail.Rows)
            table.AddRow(
                FormattableString.Invariant($"1 in {1 / row.Share:#,0}"),
                Number(row.Empirical?.Value),
                Text(row.Empirical?.Interval),
                Number(row.ByLaw?.Value),
                Text(row.ByLaw?.Interval)
            );
        Terminal.Write(table);
        foreach (string line in TailNotes(tail))
            Wrapped.Print(line);
    }

    private static string TailHeading(TailShape tail) =>
        tail.Peaks is { Exceedances: > 0 } peaks
            ? $"{ShapeJson.Name(tail.Side)} tail: {peaks.Exceedances} of {peaks.Count} values {(tail.Side == TailSide.Lower ? "below" : "above")} {SummaryTables.Number(peaks.Threshold)}"
            : $"{ShapeJson.Name(tail.Side)} tail";

    private static IEnumerable<string> TailNotes(TailShape tail)
    {
        if (tail.Rows.Select(row => row.ByLaw).FirstOrDefault(found => found is { Interval: not null }) is { } found)
            yield return found.Method == TailMethod.Profile
                ? "intervals of the law: profile likelihood; they take the tail for its limit"
                : "intervals of the law: delta method; they take the tail for its limit";
        foreach (string line in Footnotes(tail.Tests))
            yield return line;
    }

    private static string Tests(IReadOnlyList<FitTest> tests)
    {
        FitTest? test =
            tests.FirstOrDefault(test => test.Name == GoodnessOfFit.AndersonDarlingName) ?? tests.FirstOrDefault();
        return test?.P is null
            ? ""
            : $"; {(test.Name == GoodnessOfFit.ChiSquareName ? "chi-square" : "AD")} p {Probability(test)}";
    }

    private static FitTest? Test(FamilyShape shape, string name) =>
        shape.Tests.FirstOrDefault(test => test.Name == name);

    private static string Parameters(FittedLaw fit) =>
        $"{fit.Law.Names.First} {Text(fit.First)}\n{fit.Law.Names.Second} {Text(fit.Second)}";

    private static string Text(Estimate found) =>
        $"{SummaryTables.Number(found.Value)} +- {(double.IsFinite(found.Error) ? $"{found.Error:g2}" : "?")}";

    private static string Text(Interval? interval) =>
        interval is { } found ? $"{End(found.Lower)} to {End(found.Upper)}" : Unknown;

    private static string End(double value) => double.IsInfinity(value) ? "?" : SummaryTables.Number(value);

    private static string Number(double? value) => value is { } number ? SummaryTables.Number(number) : Unknown;

    private static string Criterion(double difference) =>
        difference < 9999.5 ? $"{difference:0.0}" : $"{difference:0.0e+0}";

    private static string Probability(FitTest? test) =>
        test?.P is not { } p
            ? Unknown
            : $"{(test.MonteCarloError is null ? "" : "~")}{(p < 0.0005 ? "<.001" : $"{p:0.000}")}";

    private static string Percent(double share) => $"{100 * share:0.######} %";
}
