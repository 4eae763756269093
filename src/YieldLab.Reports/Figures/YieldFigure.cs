using ScottPlot;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Yields;

namespace YieldLab.Reports.Figures;

/// <summary>Draws the yield of each specification, and of all together, with its interval.</summary>
public static class YieldFigure
{
    private const int LineHeight = 30;
    private const int LongestName = 42;

    /// <summary>The picture of some yields.</summary>
    /// <param name="yields">At least one, of the same dies; from top to bottom.</param>
    /// <param name="target">Yield that is wanted, in [0, 1]; null for none.</param>
    public static Figure Of(IReadOnlyList<SpecYield> yields, double? target = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(yields.Count);
        YieldEstimate[] estimates = [.. yields.Select(yield => yield.Estimate)];
        return new(
            "yield",
            "Yield of the specifications",
            string.Join(" ", Sentences(estimates, target)),
            Table(estimates, target),
            new(110 + LineHeight * estimates.Length, plot => Draw(plot, estimates, target))
        );
    }

    private static void Draw(Plot plot, YieldEstimate[] yields, double? target)
    {
        Span shares = Shares(yields, target);
        // The first on top.
        double[] lines = [.. yields.Select((_, i) => (double)-i)];
        plot.XAxis(shares, "yield (%)");
        plot.YAxis(new(0.5 - yields.Length, 0.5), "");
        plot.Grid.YAxisStyle.IsVisible = false;
        if (target is { } wanted)
            plot.MarkX(shares, [new(100 * wanted, $"target {FigureText.Exact(wanted)}", FailsBelow: true)]);
        for (int i = 0; i < yields.Length; i++)
            Draw(plot, yields[i], lines[i]);
        plot.Axes.Left.Labels(lines.Zip(yields, (line, y) => (line, FigureText.Short(y.Name, LongestName))));
        plot.Axes.Right.Labels(lines.Zip(yields, (line, y) => (line, Told(y))));
    }

    private static void Draw(Plot plot, YieldEstimate yield, double line)
    {
        plot.AddInterval(new(100 * yield.Interval.Lower, line), new(100 * yield.Interval.Upper, line), Palette.First);
        plot.AddPoints([100 * yield.Value], [line], Palette.First);
    }

    // Never narrower than a per cent, nor beyond what a yield can be but for half a mark.
    private static Span Shares(YieldEstimate[] yields, double? target)
    {
        double[] ends =
        [
            .. yields.SelectMany(y => new[] { y.Interval.Lower, y.Interval.Upper, y.Value }),
            .. target is { } wanted ? new[] { wanted } : [],
        ];
        double least = 100 * Math.Min(ends.Min(), ends.Max() - 0.01);
        double most = 100 * Math.Max(ends.Max(), ends.Min() + 0.01);
        double room = 0.06 * (most - least);
        return new Span(least - room, most + room).Within(-2 * room / 3, 100 + 2 * room / 3);
    }

    private static string Told(YieldEstimate yield) =>
        $"{FigureText.Percent(yield.Value)} ({FigureText.Interval(yield.Interval.Lower, yield.Interval.Upper)})";

    private static IEnumerable<string> Sentences(YieldEstimate[] yields, double? target)
    {
        foreach (YieldEstimate yield in yields)
            yield return $"{FigureText.Count(yield.Passed)} of {FigureText.Dies(yield.Total)} meet {yield.Name}: a yield of {FigureText.Percent(yield.Value)}, with {FigureText.Exact(yield.Confidence)} confidence {FigureText.Interval(yield.Interval.Lower, yield.Interval.Upper)} ({yield.Method}){Side(yield, target)}.";
        if (yields[0].Unknown > 0)
            yield return yields[0].Unknown == 1
                ? "1 die failed and passes nothing; the upper ends count it as passing."
                : $"{FigureText.Dies(yields[0].Unknown)} failed and pass nothing; the upper ends count them as passing.";
        if (target is { } wanted)
            yield return $"A line marks the target of {FigureText.Exact(wanted)}.";
    }

    private static string Side(YieldEstimate yield, double? target) =>
        target is not { } wanted ? ""
        : yield.Interval.Lower >= wanted ? ", all of it at or above the target"
        : yield.Interval.Upper < wanted ? ", all of it below the target"
        : ", which does not tell on which side of the target it is";

    private static FigureTable Table(YieldEstimate[] yields, double? target) =>
        new(
            [
                "specification",
                "passed",
                "failed dies",
                "dies",
                "yield",
                "from",
                "to",
                .. target is null ? [] : new[] { "target" },
            ],
            [
                .. yields.Select(y =>
                    (string[])
                        [
                            y.Name,
                            FigureText.Count(y.Passed),
                            FigureText.Count(y.Unknown),
                            FigureText.Count(y.Total),
                            FigureText.Percent(y.Value),
                            FigureText.Percent(y.Interval.Lower),
                            FigureText.Percent(y.Interval.Upper),
                            .. target is { } wanted ? new[] { FigureText.Exact(wanted) } : [],
                        ]
                ),
            ]
        );
}
