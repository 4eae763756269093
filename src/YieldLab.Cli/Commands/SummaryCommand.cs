using System.CommandLine;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Yields;
using YieldLab.Statistics.Estimation;
using YieldLab.Studies;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab summary</c>: the yields of a stored run, which specifications fail together, capability, quantiles,
/// tolerance bounds, and how many dies are still needed.</summary>
internal static class SummaryCommand
{
    public static Command Create()
    {
        var run = Shared.Run();
        var point = Shared.Point();
        var interval = Interval();
        var confidence = Shared.Confidence(
            "Confidence of the intervals (default: that of the run, 95 % where its stop does not say otherwise)"
        );
        var metric = Shared.Metric("Metrics of quantiles and bounds (default: those that have a specification)");
        var quantile = Shared.Quantiles("Probabilities of quantiles (default: 1 %, 50 %, 99 %)");
        var share = OneShare("--share", "Share of dies beyond a tolerance bound (default: 99 %)", 1);
        var width = OneShare("--width", "Half width to which a yield is wanted (default: 1 %)", 0.5);
        var json = Shared.Json();
        Option[] ofPoint = [metric, quantile, share, width];
        var command = new Command(
            "summary",
            "Yields of a stored run, failures together, capability, quantiles, tolerance bounds, dies still needed"
        )
        {
            run,
            point,
            interval,
            confidence,
            metric,
            quantile,
            share,
            width,
            json,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(run);
            var asked = new YieldQuestions
            {
                Method = parsed.GetValue(interval),
                Confidence = parsed.GetValue(confidence),
            };
            if (parsed.GetValue(point) is null && Sweep(path, asked) is { } sweep)
            {
                RefuseForSweep(parsed, sweep, ofPoint);
                PrintSweep(sweep, parsed.GetValue(json));
                return 0;
            }
            StoredPointDies dies = Shared.Stored(path, parsed.GetValue(point));
            IReadOnlyList<string> names = Shared.Names(parsed.GetValue(metric));
            var report = YieldReport.Of(
                dies,
                asked with
                {
                    Metrics = names.Count == 0 ? null : Shared.Metrics(dies.Metrics, names),
                    Quantiles = parsed.GetValue(quantile) is { Length: > 0 } p ? p : asked.Quantiles,
                    Share = parsed.GetValue(share) ?? asked.Share,
                    HalfWidth = parsed.GetValue(width) ?? asked.HalfWidth,
                }
            );
            if (parsed.GetValue(json))
                Console.WriteLine(YieldJson.Of(report));
            else
                YieldTables.Print(report);
            return 0;
        });
        return command;
    }

    /// <summary>What makes the intervals of proportions.</summary>
    internal static Option<ProportionMethod?> Interval()
    {
        var names = ProportionMethods.All.ToDictionary(method => method.Name());
        Option<ProportionMethod?> interval = Shared.Number<ProportionMethod?>(
            "--interval",
            string.Join('|', names.Keys),
            "Intervals of independent dies (default: wilson)",
            text => names.TryGetValue(text, out ProportionMethod method) ? method : null,
            "wilson, clopper-pearson or jeffreys"
        );
        return Shared.Completed(interval, [.. names.Keys]);
    }

    private static Option<double?> OneShare(string name, string description, double most) =>
        Shared.Number<double?>(
            name,
            "SHARE",
            description,
            text => Shared.Share(text) is { } share && share < most ? share : null,
            $"between 0 and {(most < 1 ? "50 %, such as 1 %" : "1, such as 0.99 or 99 %")}"
        );

    // The run with the intervals that were asked for, where it is a sweep.
    private static StoredRun? Sweep(string path, YieldQuestions asked)
    {
        using RunFolder folder = RunFolder.Open(path);
        StoredRun run = StoredRun.ReadManifest(folder);
        if (run.Swept.Count == 0)
            return null;
        EstimateRule rule = YieldConfidence.Of(run, asked).Rule;
        return run with { Rule = rule, Points = RunSummary.Of(folder, run.Description, rule) };
    }

    private static void RefuseForSweep(ParseResult parsed, StoredRun sweep, Option[] ofPoint)
    {
        if (ofPoint.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
            throw new StudyException(
                $"{option.Name}: {sweep.Path} is a sweep of {sweep.Points.Count} points; expected one of them, --point 0 to --point {sweep.Points.Count - 1}"
            );
    }

    private static void PrintSweep(StoredRun sweep, bool json)
    {
        if (json)
        {
            Console.WriteLine(SummaryJson.Of(sweep, null));
            return;
        }
        SummaryTables.Print(sweep, null);
        Console.WriteLine($"more of a point: --point 0 to --point {sweep.Points.Count - 1}");
    }
}
