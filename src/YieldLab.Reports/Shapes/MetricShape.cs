using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Reports.Shapes;

/// <summary>A law of a family and its tests; or why there is none.</summary>
/// <param name="Result">Of the fit.</param>
/// <param name="Tests">Empty without a law.</param>
public sealed record FamilyShape(FitResult Result, IReadOnlyList<FitTest> Tests);

/// <summary>
/// The shape of a metric over the dies of a point: moments, density, laws of families and a tail. Of independent dies; the
/// dies of a design (latin-hypercube, sobol) are not, and errors and tests are then not theirs.
/// </summary>
/// <param name="Values">What it is made of.</param>
/// <param name="Moments">Null below two values.</param>
/// <param name="Ties">Share of values that repeat another one.</param>
/// <param name="Grouped">Values as cells, of a metric with many ties that has a step; else null.</param>
/// <param name="Density">Null where the values are too few, all the same, or have many ties.</param>
/// <param name="Fits">Those with a law first, by Akaike's criterion.</param>
/// <param name="Tail">Null below two different values, or where none was asked for.</param>
/// <param name="Notes">What a reader must know; empty where nothing.</param>
public sealed record MetricShape(
    MetricValues Values,
    Moments? Moments,
    double Ties,
    GroupedSample? Grouped,
    KernelDensity? Density,
    IReadOnlyList<FamilyShape> Fits,
    TailShape? Tail,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The shape of a metric.</summary>
    /// <param name="point">Its dies.</param>
    /// <param name="metric">One of its metrics.</param>
    /// <param name="question">What is asked.</param>
    public static MetricShape Of(StoredPointDies point, Column metric, ShapeQuestion question)
    {
        MetricValues values = MetricValues.Of(point, metric);
        double[] ascending = values.Ascending;
        bool tied = GroupedSample.HasManyTies(ascending);
        bool varies = ascending.Length > 1 && ascending[0] < ascending[^1];
        GroupedSample? grouped = tied && varies ? GroupedSample.Of(ascending, metric.Least, metric.Most) : null;
        return new(
            values,
            ascending.Length < Moments.Fewest ? null : Moments.Of(ascending, question.Confidence),
            GroupedSample.Ties(ascending),
            grouped,
            tied || !varies ? null : KernelDensity.Of(ascending, metric.Least, metric.Most, question.Confidence),
            FamilyFits.Of(values, grouped, tied, question.Families),
            varies && question.HasTail
                ? TailShape.Of(values, grouped, tied, Side(point, metric, question), question)
                : null,
            [.. ShapeNotes.Of(point, values, grouped, tied, varies)]
        );
    }

    private static TailSide Side(StoredPointDies point, Column metric, ShapeQuestion question)
    {
        Spec? spec = point.Run.Description.Specs.FirstOrDefault(spec => spec.Metric == metric.Name);
        return question.Side ?? (spec is { IsLower: true } ? TailSide.Lower : TailSide.Upper);
    }
}
