using ScottPlot;
using YieldLab.Statistics.Sensitivity;

namespace YieldLab.Reports.Figures;

/// <summary>Draws where the variance of a quantity comes from: for each source its share, with its interval.</summary>
public static class ContributionFigure
{
    private const int MostSources = 20;
    private const int LongestName = 42;
    private const int LineHeight = 28;

    // Of the distance of two lines, by which the two indices of a source stand apart.
    private const double Apart = 0.18;

    private readonly record struct Bar(double Value, double Lower, double Upper)
    {
        public string Text => $"{FigureText.Percent(Value)} ({FigureText.Interval(Lower, Upper)})";
    }

    /// <summary>What the bars of one colour are.</summary>
    private sealed record Kind(string Name, string Meaning, Role Role, Bar[] Bars);

    /// <summary>The picture of contributions that were told from the rows of a run.</summary>
    /// <param name="quantity">What varies; fit for a name.</param>
    /// <param name="sources">Names of the sources.</param>
    /// <param name="shares">Of each source.</param>
    /// <param name="words">What varies, in words; null where its name says it.</param>
    public static Figure Of(
        string quantity,
        IReadOnlyList<string> sources,
        IReadOnlyList<Contribution> shares,
        string? words = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(shares.Count, sources.Count);
        Bar[] bars = [.. shares.Select(share => new Bar(share.Share, share.Lower, share.Upper))];
        return Of(
            $"contributions-{quantity}",
            $"Contributions to the variance of {words ?? quantity}",
            sources,
            [new("share", "", Palette.First, bars)]
        );
    }

    /// <summary>The picture of Sobol indices of groups.</summary>
    /// <param name="quantity">What varies; fit for a name.</param>
    /// <param name="sources">Names of the groups.</param>
    /// <param name="indices">Of each group.</param>
    public static Figure Of(string quantity, IReadOnlyList<string> sources, IReadOnlyList<GroupIndices> indices)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Count, sources.Count);
        Bar[] Bars(Func<GroupIndices, SensitivityIndex> of) =>
            [.. indices.Select(of).Select(index => new Bar(index.Value, index.Lower, index.Upper))];
        return Of(
            $"sensitivity-{quantity}",
            $"Sensitivity of {quantity}",
            sources,
            [
                new("total", "alone and together with others", Palette.Second, Bars(group => group.Total)),
                new("first order", "alone", Palette.First, Bars(group => group.First)),
            ]
        );
    }

    private static Figure Of(string name, string title, IReadOnlyList<string> sources, Kind[] kinds)
    {
        int[] order = [.. Enumerable.Range(0, sources.Count).OrderByDescending(i => Known(kinds[0].Bars[i].Value))];
        string[] all = [.. order.Select(i => sources[i])];
        Kind[] sorted = [.. kinds.Select(kind => kind with { Bars = [.. order.Select(i => kind.Bars[i])] })];
        return new(
            name,
            title,
            string.Join(" ", Sentences(all, sorted)),
            Table(all, sorted),
            new(
                90 + LineHeight * Math.Clamp(all.Length, 1, MostSources) * kinds.Length,
                plot => Draw(plot, [.. all.Take(MostSources)], sorted)
            )
        );
    }

    private static double Known(double value) => double.IsNaN(value) ? double.NegativeInfinity : value;

    private static void Draw(Plot plot, string[] sources, Kind[] kinds)
    {
        Bar[] drawn = [.. kinds.SelectMany(kind => kind.Bars.Take(sources.Length))];
        Span shares = Span.Around(
            [0, 1, .. drawn.SelectMany(bar => new[] { 100 * bar.Value, 100 * bar.Lower, 100 * bar.Upper })],
            0.03
        );
        plot.XAxis(shares, "share of the variance (%)");
        plot.YAxis(new(0.5 - Math.Max(1, sources.Length), 0.5), "");
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Left.Labels(sources.Select((name, i) => ((double)-i, FigureText.Short(name, LongestName))));
        var texts = new List<(double, string)>();
        for (int k = 0; k < kinds.Length; k++)
        for (int i = 0; i < sources.Length; i++)
        {
            double line = -i + (kinds.Length == 1 ? 0 : Apart * (1 - 2 * k));
            Draw(plot, kinds[k].Bars[i], line, kinds[k].Role);
            texts.Add((line, kinds[k].Bars[i].Text));
        }
        plot.Axes.Right.Labels(texts);
        if (kinds.Length > 1)
            plot.ShowKey(kinds.Select(kind => ($"{kind.Name}: {kind.Meaning}", kind.Role.Faint(FigureParts.Faint))));
    }

    private static void Draw(Plot plot, Bar share, double line, Role role)
    {
        if (!double.IsFinite(share.Value))
            return;
        var bar = plot.Add.Bar(line, 100 * share.Value);
        bar.Horizontal = true;
        bar.Bars[0].Size = 0.28;
        bar.Bars[0].LineWidth = 0;
        bar.Bars[0].FillColor = role.Faint(FigureParts.Faint);
        plot.AddEnds(new(100 * share.Lower, line), new(100 * share.Upper, line), Palette.Text);
    }

    private static IEnumerable<string> Sentences(string[] sources, Kind[] kinds)
    {
        string Told(int i) => $"{sources[i]} {FigureText.List([.. kinds.Select(kind => Part(kinds, kind, i))])}";
        if (sources.Length == 0)
            yield return "No source varies.";
        else
            yield return $"Share of the variance, largest first: {string.Join("; ", Enumerable.Range(0, Math.Min(5, sources.Length)).Select(Told))}.";
        if (sources.Length > 5)
            yield return $"Of {sources.Length} sources the others have {FigureText.Percent(kinds[0].Bars[5].Value)} or less each.";
        if (sources.Length > MostSources)
            yield return $"{sources.Length - MostSources} of them are in the table alone.";
    }

    private static string Part(Kind[] kinds, Kind kind, int i) =>
        kinds.Length == 1 ? kind.Bars[i].Text : $"{kind.Name} {kind.Bars[i].Text}";

    private static FigureTable Table(string[] sources, Kind[] kinds) =>
        new(
            ["source", .. kinds.SelectMany(kind => new[] { kind.Name, "from", "to" })],
            [.. sources.Select((source, i) => (string[])[source, .. kinds.SelectMany(kind => Cells(kind.Bars[i]))])]
        );

    private static IEnumerable<string> Cells(Bar bar) =>
        new[] { bar.Value, bar.Lower, bar.Upper }.Select(FigureText.Percent);
}
