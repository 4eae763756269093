using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>The points of a sweep side by side.</summary>
public static class SweepSection
{
    /// <summary>The point whose yield of all specifications is lowest; of equal ones the first.</summary>
    public static SweepPoint Lowest(IReadOnlyList<SweepPoint> points) => points.MinBy(point => point.All.Value)!;

    /// <summary>The section.</summary>
    /// <param name="detailed">The point of which the other sections tell. It may have got its first dies after the points were
    /// read.</param>
    /// <param name="points">Points of its run that have dies.</param>
    /// <param name="asked">Metrics and target.</param>
    /// <param name="isChosen">Whether somebody asked for that point.</param>
    public static Section Of(
        StoredPointDies detailed,
        IReadOnlyList<SweepPoint> points,
        ReportQuestion asked,
        bool isChosen
    ) =>
        new(
            "sweep",
            "Yield over the sweep",
            [
                Verdict(points, asked),
                new Block.Note(
                    "Each interval is of its point alone, as if that point had been chosen beforehand: of many points some miss their yield, and the lowest and the highest look more extreme than they are."
                ),
                .. SweepPictures.Of(detailed, points, asked),
                Table(detailed.Run, points, asked),
                .. Missing(detailed.Run, points),
                new Block.Text(
                    $"What follows is of point {detailed.Number} alone ({asked.Swept(detailed.Point)}), {(isChosen ? "as was asked for" : "the first of those with the lowest yield")}; the option --point chooses another."
                ),
            ]
        );

    private static Block.Verdict Verdict(IReadOnlyList<SweepPoint> points, ReportQuestion asked)
    {
        SweepPoint lowest = Lowest(points);
        SweepPoint highest = points.MaxBy(point => point.All.Value)!;
        string words =
            lowest.All.Value == highest.All.Value
                ? $"All {points.Count} points have the same yield of all specifications, {FigureText.Percent(lowest.All.Value)}."
                : $"Of {points.Count} points the lowest yield of all specifications is {Yield(lowest)} and the highest {Yield(highest)}.";
        if (asked.Target is not { } target)
            return new(words, Tone.Plain);
        ILookup<Tone, SweepPoint> tones = points.ToLookup(point => TargetVerdict.ToneOf(point.All, target));
        return new(
            $"{words} The target of {FigureText.Exact(target)} is met at {tones[Tone.Good].Count()} of them, missed at {tones[Tone.Bad].Count()} and undecided at {tones[Tone.Open].Count()}.",
            tones[Tone.Good].Count() == points.Count ? Tone.Good
                : tones[Tone.Bad].Count() == points.Count ? Tone.Bad
                : Tone.Open
        );

        string Yield(SweepPoint point) =>
            $"{FigureText.Percent(point.All.Value)} ({FigureText.Exact(point.All.Confidence)} interval {Interval(point.All)}) at point {point.Number} ({asked.Swept(point.Point)})";
    }

    private static Block.Table Table(StoredRun run, IReadOnlyList<SweepPoint> points, ReportQuestion asked) =>
        new(
            "Points of the sweep",
            [
                "point",
                .. run.Swept.Select(column => column.Name),
                "dies",
                "failed",
                "passed",
                "yield",
                $"{FigureText.Exact(points[0].All.Confidence)} interval",
                .. asked.Target is null ? Array.Empty<string>() : ["target"],
            ],
            [.. points.Select(point => (string[])[.. Row(point, asked)])]
        );

    private static IEnumerable<string> Row(SweepPoint point, ReportQuestion asked) =>
        [
            $"{point.Number}",
            .. point.Point.Swept.Select(asked.Value),
            FigureText.Count(point.Dies),
            FigureText.Count(point.Failed),
            FigureText.Count(point.All.Passed),
            FigureText.Percent(point.All.Value),
            Interval(point.All),
            .. asked.Target is { } target
                ? [TargetVerdict.Word(TargetVerdict.ToneOf(point.All, target))]
                : Array.Empty<string>(),
        ];

    private static IEnumerable<Block> Missing(StoredRun run, IReadOnlyList<SweepPoint> points)
    {
        if (run.Description.Points.Count - points.Count is > 0 and var missing)
            yield return new Block.Note($"{missing} more points have no dies yet.");
    }

    private static string Interval(YieldEstimate yield) =>
        FigureText.Interval(yield.Interval.Lower, yield.Interval.Upper);
}
