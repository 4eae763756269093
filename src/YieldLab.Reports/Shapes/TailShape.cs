using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics;
using YieldLab.Statistics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Shapes;

/// <summary>A value that a share of the dies lies beyond.</summary>
/// <param name="Share">Of the dies that have the metric.</param>
/// <param name="Empirical">From the values alone; null where fewer than five dies are expected beyond.</param>
/// <param name="ByLaw">From the law of the tail; null where there is none, or on this side of its threshold.</param>
public sealed record TailRow(double Share, (double Value, Interval Interval)? Empirical, TailQuantile? ByLaw);

/// <summary>A tail of a metric.</summary>
/// <param name="Side">Which one.</param>
/// <param name="Peaks">Its law; null where none was tried.</param>
/// <param name="Reason">Why there is no law, or no error; else null.</param>
/// <param name="Tests">Of the law.</param>
/// <param name="Rows">1 in 100, 1,000 and 10,000.</param>
public sealed record TailShape(
    TailSide Side,
    PeaksOverThreshold? Peaks,
    string? Reason,
    IReadOnlyList<FitTest> Tests,
    IReadOnlyList<TailRow> Rows
)
{
    private const double FewestBeyond = 5;
    private static readonly double[] Shares = [0.01, 0.001, 0.0001];

    internal static TailShape Of(
        MetricValues values,
        GroupedSample? grouped,
        bool tied,
        TailSide side,
        ShapeQuestion question
    )
    {
        string? refusal = Refusal(values, grouped, tied, side);
        PeaksOverThreshold? peaks =
            refusal is not null ? null
            : grouped is null ? PeaksOverThreshold.Of(values.Ascending, side, question.TailShare)
            : PeaksOverThreshold.Of(grouped, side, question.TailShare);
        return new(
            side,
            peaks,
            refusal ?? peaks?.Result.Reason,
            peaks is null ? [] : Tested(peaks),
            [.. Shares.Select(share => Row(values, peaks, refusal, side, share, question.Confidence))]
        );
    }

    private static string? Refusal(MetricValues values, GroupedSample? grouped, bool tied, TailSide side) =>
        values.Never > 0 && side == TailSide.Upper
            ? $"{Counted.Of(values.Never, "die never gets there", "dies never get there")}: the tail is theirs and has no values"
        : tied && grouped is null ? "many dies have the same value and the values have no common step"
        : null;

    private static IReadOnlyList<FitTest> Tested(PeaksOverThreshold peaks) =>
        peaks.Result.Fit is not { } fit ? []
        : peaks.Cells is { } cells ? GoodnessOfFit.Of(fit, cells)
        : GoodnessOfFit.Of(fit, [.. peaks.Distances.Order()]);

    // Where some never get there, an upper quantile of the others says nothing.
    private static TailRow Row(
        MetricValues values,
        PeaksOverThreshold? peaks,
        string? refusal,
        TailSide side,
        double share,
        double confidence
    )
    {
        double[] ascending = values.Ascending;
        bool isKnown =
            ascending.Length * share >= FewestBeyond
            && (peaks is not null || refusal is null || side == TailSide.Lower);
        double p = side == TailSide.Lower ? share : 1 - share;
        return new(
            share,
            isKnown ? Empirical(QuantileInterval.Of(ascending, p, confidence)) : null,
            peaks?.Beyond(share, confidence) is { } found ? Within(found, values.Column) : null
        );
    }

    // The law knows nothing of the ends that a metric has.
    private static TailQuantile Within(TailQuantile found, Column metric)
    {
        double Clamp(double value) => Math.Clamp(value, metric.Least, metric.Most);
        return found with
        {
            Value = Clamp(found.Value),
            Interval = found.Interval is { } interval ? new(Clamp(interval.Lower), Clamp(interval.Upper)) : null,
        };
    }

    private static (double, Interval) Empirical(QuantileInterval found) =>
        (found.Estimate, new(found.Lower ?? double.NegativeInfinity, found.Upper ?? double.PositiveInfinity));
}
