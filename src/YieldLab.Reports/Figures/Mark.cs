using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.Figures;

/// <summary>A value of an axis with a name: a limit of a specification, or a target.</summary>
/// <param name="Value">In the unit of the axis.</param>
/// <param name="Text">What is written beside it.</param>
/// <param name="FailsBelow">Which side fails; null for none.</param>
internal sealed record Mark(double Value, string Text, bool? FailsBelow)
{
    /// <summary>Where the failing side begins, if that is not the value: between the bars of two values that are
    /// neighbours.</summary>
    public double Side { get; init; } = Value;

    /// <summary>The limits of those specifications that are of a metric.</summary>
    /// <param name="scale">Of the axis.</param>
    public static IReadOnlyList<Mark> Of(IEnumerable<Spec> specs, Column metric, AxisScale scale) =>
        [
            .. specs
                .Where(spec => spec.Metric == metric.Name)
                .Select(spec => new Mark(
                    spec.Limit * scale.Factor,
                    $"{spec.Comparison} {FigureText.Quantity(spec.Limit, metric.Unit)}",
                    spec.Comparison[0] == '>'
                )),
        ];

    /// <summary>A range and those marks that are near: one that is far from all dies would press them together, and is told in
    /// words alone.</summary>
    public static Span WithNear(Span range, IReadOnlyList<Mark> marks) =>
        Span.Around(
            [
                range.From,
                range.To,
                .. marks
                    .Select(mark => mark.Value)
                    .Where(value => value > range.From - range.Width && value < range.To + range.Width),
            ],
            room: 0.02
        );

    /// <summary>The parts of a range that fail any of some marks.</summary>
    public static IEnumerable<Span> Failing(IReadOnlyList<Mark> marks, Span range)
    {
        double below = marks
            .Where(mark => mark.FailsBelow == true)
            .Select(mark => mark.Side)
            .DefaultIfEmpty(range.From)
            .Max();
        double above = marks
            .Where(mark => mark.FailsBelow == false)
            .Select(mark => mark.Side)
            .DefaultIfEmpty(range.To)
            .Min();
        if (below >= above && marks.Count > 0)
            return [range];
        return ((Span[])[new(range.From, Math.Min(below, range.To)), new(Math.Max(above, range.From), range.To)]).Where(
            side => side.Width > 0
        );
    }

    /// <summary>The texts of marks where they belong, of neighbours that would overlap together.</summary>
    /// <param name="apart">Smallest distance of two texts, as part of the range.</param>
    public static IEnumerable<(double Place, string Text)> Texts(IEnumerable<Mark> marks, Span range, double apart)
    {
        (double Place, string Text)? open = null;
        foreach (Mark mark in marks.Where(mark => range.Holds(mark.Value)).OrderBy(mark => mark.Value))
            if (open is { } before && mark.Value - before.Place < apart * range.Width)
                open = ((before.Place + mark.Value) / 2, $"{before.Text}, {mark.Text}");
            else
            {
                if (open is { } done)
                    yield return done;
                open = (mark.Value, mark.Text);
            }
        if (open is { } last)
            yield return last;
    }
}
