using ScottPlot;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;
using YieldLab.Statistics.Margins;

namespace YieldLab.Reports.Figures;

/// <summary>Draws a search of a margin: the yield of each setting that was evaluated, on which side of the target it is, and
/// between which settings the yield crosses it.</summary>
public static class MarginFigure
{
    // Of settings that were not evaluated, so many at most make the band.
    private const int MostOfBand = 200;

    private static readonly (MarginVerdict Verdict, string Name, Role Role, MarkerShape Shape)[] Verdicts =
    [
        (MarginVerdict.Above, "above", Palette.First, MarkerShape.FilledTriangleUp),
        (MarginVerdict.Below, "below", Palette.Second, MarkerShape.FilledTriangleDown),
        (MarginVerdict.Undecided, "too close", Palette.Third, MarkerShape.FilledDiamond),
        (MarginVerdict.Open, "not decided", Palette.Axis, MarkerShape.FilledSquare),
    ];

    private readonly record struct Edge(double Place, ProportionInterval Band);

    /// <summary>The picture of a search.</summary>
    /// <param name="result">What it found.</param>
    /// <param name="by">What is varied.</param>
    /// <param name="value">Value of each setting by its index, in the unit of <paramref name="by"/>, rising or falling.</param>
    public static Figure Of(MarginResult result, Column by, Func<int, double> value) =>
        new(
            $"margin-{by.Name}",
            $"Margin of {by.Name}",
            string.Join(" ", Sentences(result, setting => FigureText.Quantity(value(setting), by.Unit), by)),
            Table(result, by, value),
            new(Drawing.UsualHeight, plot => Draw(plot, result, by, value))
        );

    private static void Draw(Plot plot, MarginResult result, Column by, Func<int, double> value)
    {
        double target = 100 * result.Plan.Target;
        double[] ends = [value(0), value(result.Plan.Settings - 1), .. result.Settings.Select(s => value(s.Setting))];
        var axis = new SweptAxis(by, [.. ends.Distinct().Cast<object>()]);
        double At(int setting) => axis.PlaceOf(value(setting));
        axis.Show(plot);
        Span shares = Shares(result.Settings, target);
        plot.YAxis(shares, "yield (%)");
        plot.MarkY(shares, [new(target, $"target {FigureText.Exact(result.Plan.Target)}", FailsBelow: true)]);
        DrawBand(plot, [.. Band(result, At)]);
        foreach (var (verdict, name, role, shape) in Verdicts)
            Draw(plot, [.. result.Settings.Where(s => s.Verdict == verdict)], At, name, role, shape);
        if (result.Margin is { } margin)
            DrawMargin(plot, margin, At, FigureText.Quantity(value(margin.Above), by.Unit));
        plot.ShowKey();
    }

    private static void Draw(
        Plot plot,
        SettingYield[] settings,
        Func<int, double> at,
        string name,
        Role role,
        MarkerShape shape
    )
    {
        if (settings.Length == 0)
            return;
        foreach (SettingYield setting in settings)
        {
            double x = at(setting.Setting);
            plot.AddInterval(new(x, 100 * setting.Interval.Lower), new(x, 100 * setting.Interval.Upper), role);
        }
        plot.AddPoints(
            [.. settings.Select(s => at(s.Setting))],
            [.. settings.Select(s => 100 * s.Yield)],
            role,
            name,
            shape
        );
    }

    // Named above the plot, where no yield is.
    private static void DrawMargin(Plot plot, MarginCrossing margin, Func<int, double> at, string value)
    {
        plot.Add.VerticalLine(at(margin.Above), 1.5f, Palette.Text.Color, LinePattern.Solid);
        plot.Axes.Top.Labels([(at(margin.Above), $"margin {value}")]);
    }

    private static void DrawBand(Plot plot, Edge[] band)
    {
        if (band.Length > 1)
            plot.AddBand(
                [.. band.Select(edge => edge.Place)],
                [.. band.Select(edge => 100 * edge.Band.Lower)],
                [.. band.Select(edge => 100 * edge.Band.Upper)],
                Palette.Axis,
                "if monotone"
            );
    }

    // What holds of settings between those that were evaluated.
    private static IEnumerable<Edge> Band(MarginResult result, Func<int, double> at)
    {
        int every = Math.Max(1, result.Plan.Settings / MostOfBand);
        IEnumerable<int> settings = Enumerable
            .Range(0, result.Plan.Settings)
            .Where(i => i % every == 0 || i == result.Plan.Settings - 1 || result.Settings.Any(s => s.Setting == i));
        return from setting in settings
            let band = result.Band(setting)
            where band is not null
            let edge = new Edge(at(setting), band.Value)
            orderby edge.Place
            select edge;
    }

    private static Span Shares(IReadOnlyList<SettingYield> settings, double target) =>
        Span.Around(
                [target, .. settings.SelectMany(s => new[] { 100 * s.Interval.Lower, 100 * s.Interval.Upper })],
                0.06
            )
            .Within(-4, 104);

    private static IEnumerable<string> Sentences(MarginResult result, Func<int, string> text, Column by)
    {
        string target = FigureText.Exact(result.Plan.Target);
        yield return result.Outcome switch
        {
            MarginOutcome.Found =>
                $"The yield crosses {target} between {by.Name} = {text(result.Margin!.Below)}, surely below, and {text(result.Margin.Above)}, surely above.",
            MarginOutcome.NotMonotone =>
                $"There is no single margin: the yield both rises and falls, and reaches {target} {FigureText.List([.. result.Ranges.Select(range => $"from {text(range.First)} to {text(range.Last)}")])}.",
            MarginOutcome.NotReached => $"No setting that was decided reaches {target}.",
            MarginOutcome.ReachedEverywhere => $"All settings that were decided reach {target}.",
            _ => $"No crossing of {target} has been shown.",
        };
        yield return $"{FigureText.Times(result.Settings.Count, "setting")} of {FigureText.Count(result.Plan.Settings)} with {FigureText.Dies(result.Dies)} in all; what is sure holds together with {FigureText.Exact(result.Plan.Confidence)} confidence.";
        if (result.Settings.MinBy(s => s.Yield) is { } worst && result.Settings.MaxBy(s => s.Yield) is { } best)
            yield return $"Yields go from {FigureText.Percent(worst.Yield)} at {text(worst.Setting)} to {FigureText.Percent(best.Yield)} at {text(best.Setting)}.";
    }

    private static FigureTable Table(MarginResult result, Column by, Func<int, double> value) =>
        new(
            [by.Name, "dies", "passed", "yield", "from", "to", "target"],
            [
                .. result.Settings.Select(s =>
                    (string[])
                        [
                            FigureText.Quantity(value(s.Setting), by.Unit),
                            FigureText.Count(s.Dies),
                            FigureText.Count(s.Passed),
                            FigureText.Percent(s.Yield),
                            FigureText.Percent(s.Interval.Lower),
                            FigureText.Percent(s.Interval.Upper),
                            Verdicts.Single(verdict => verdict.Verdict == s.Verdict).Name,
                        ]
                ),
            ]
        );
}
