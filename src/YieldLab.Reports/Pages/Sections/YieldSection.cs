using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Yields;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>The yield of a point: what most readers want to know, and first.</summary>
public static class YieldSection
{
    /// <summary>The section.</summary>
    /// <exception cref="IOException">The run does not allow the intervals that were asked for.</exception>
    public static Section Of(StoredPointDies point, ReportQuestion asked)
    {
        YieldConfidence confidence = YieldConfidence.Of(point.Run, asked.Yields);
        var columns = new PointColumns(point);
        YieldEstimate all = columns.Share("all specs", columns.PassedAll(), confidence);
        SpecYield[] yields =
        [
            .. columns.Specs.Select(spec =>
                SpecYield.Of(columns.Share($"{spec}", columns.Passed(spec), confidence), confidence)
            ),
            SpecYield.Of(all, confidence),
        ];
        bool isWhole = point.Run.HasEnded;
        return new(
            "yield",
            point.Point.Name.Length == 0 ? "Yield" : $"Yield at point {point.Number}",
            [
                Verdict(all, columns.Specs, asked.Target, isWhole),
                // Of one specification the verdict says it all.
                .. yields.Length > 2 ? yields[..^1].Select(yield => new Block.Text(Sentence(yield.Estimate))) : [],
                new Block.Picture(YieldFigure.Of(yields, asked.Target)),
                .. Failures(point, all),
                .. Notes(point, confidence, all, isWhole),
            ]
        );
    }

    private static Block.Verdict Verdict(YieldEstimate all, IReadOnlyList<Spec> specs, double? target, bool isWhole)
    {
        TargetVerdict verdict = TargetVerdict.Of(all, target);
        string what = specs.Count switch
        {
            0 => "have a result; the study names no specification",
            1 => $"meet {specs[0]}",
            _ => $"meet all {specs.Count} specifications",
        };
        return new(
            $"{FigureText.Percent(all.Value)} of {FigureText.Dies(all.Total)} {what} ({Interval(all)}). {verdict.Words}{(isWhole ? "" : " The run is not complete.")}".TrimEnd(),
            verdict.Tone
        );
    }

    private static string Sentence(YieldEstimate yield) =>
        $"{yield.Name}: {FigureText.Count(yield.Passed)} of {FigureText.Dies(yield.Total)}, {FigureText.Percent(yield.Value)} ({Interval(yield)}).";

    private static string Interval(YieldEstimate yield) =>
        $"{FigureText.Exact(yield.Confidence)} interval {FigureText.Interval(yield.Interval.Lower, yield.Interval.Upper)}";

    private static IEnumerable<Block> Failures(StoredPointDies point, YieldEstimate all)
    {
        if (all.Unknown == 0)
            yield break;
        yield return new Block.Text(
            $"{FigureText.Dies(all.Unknown)} failed and {(all.Unknown == 1 ? "has" : "have")} no result: the yield is {FigureText.Percent(all.Value)} counting them as failing, as here, and {FigureText.Percent(all.IfUnknownPass)} counting them as passing. The interval reaches over both."
        );
        yield return new Block.Table(
            "Why dies failed",
            ["reason", "dies"],
            [
                .. point
                    .Dies.Texts(DieTable.Failure)
                    .OfType<string>()
                    .CountBy(reason => reason)
                    .OrderByDescending(failure => failure.Value)
                    .Select(failure => (string[])[failure.Key, FigureText.Count(failure.Value)]),
            ]
        );
    }

    private static IEnumerable<Block> Notes(
        StoredPointDies point,
        YieldConfidence confidence,
        YieldEstimate all,
        bool isWhole
    )
    {
        if (!isWhole)
            yield return new Block.Note(
                $"The run is not complete ({point.Run.Manifest["status"]}): {FigureText.Dies(all.Total)} of {point.Run.Manifest["samples"]} are stored; the run command goes on with it."
            );
        yield return new Block.Note($"Intervals: {Method(all, confidence.Rule, isWhole)}.");
        if (point.Run.Reason(point.Point) is { } reason)
            yield return new Block.Note($"The run stopped after {FigureText.Dies(all.Total)}: {reason}.");
        if (point.Dies.Uncounted is > 0 and var uncounted)
            yield return new Block.Note($"{FigureText.Count(uncounted)} more dies are stored and not counted.");
    }

    private static string Method(YieldEstimate all, EstimateRule rule, bool isWhole) =>
        rule switch
        {
            EstimateRule.AnyTime =>
                $"{all.Method}; the number of dies was chosen by looking at them, and these intervals hold whenever one looks",
            EstimateRule.Replicated =>
                $"{all.Method}; the dies are points of a design, and the scatter between its randomisations gives the error",
            _ when !isWhole =>
                $"{all.Method}, of independent dies; right unless their results were the reason to break off",
            _ => $"{all.Method}, of independent dies whose number was fixed beforehand",
        };
}
