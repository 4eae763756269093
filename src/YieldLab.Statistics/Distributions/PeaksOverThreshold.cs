using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Distributions;

/// <summary>A tail of a distribution.</summary>
public enum TailSide
{
    /// <summary>Small values.</summary>
    Lower,

    /// <summary>Large values.</summary>
    Upper,
}

/// <summary>How an interval of a tail's quantile was found.</summary>
public enum TailMethod
{
    /// <summary>Profile likelihood.</summary>
    Profile,

    /// <summary>Delta method on the logarithm of the distance from the threshold.</summary>
    Delta,
}

/// <summary>A value that a share of all dies exceeds.</summary>
/// <param name="Share">Of all dies, beyond the value.</param>
/// <param name="Value">In the unit of the metric.</param>
/// <param name="Interval">Null where there is none.</param>
/// <param name="Method">Of the interval.</param>
public readonly record struct TailQuantile(double Share, double Value, Interval? Interval, TailMethod Method);

/// <summary>
/// The tail of a distribution beyond a threshold as a generalised Pareto law (J. Pickands, Annals of Statistics 3 (1975)
/// 119; A. C. Davison, R. L. Smith, J. Roy. Statist. Soc. B 52 (1990) 393): the limit of the tail of nearly every continuous
/// distribution as the threshold goes out, and an approximation at any threshold that is reached.
/// </summary>
/// <remarks>
/// <para>A value beyond x has the probability (k/n)(1 + xi (x - u)/sigma)^(-1/xi), k of n values beyond the threshold u. The
/// intervals hold the error of xi, sigma and k. They do not hold the error of taking the tail for its limit: of a normal
/// distribution beyond its 95 % quantile, for example, xi is near -0.1 and not yet 0.</para>
/// <para>Intervals of quantiles are by profile likelihood (S. Coles, An Introduction to Statistical Modeling of Extreme
/// Values, 2001, section 4.3.3, here with the binomial likelihood of k): all values that the likelihood ratio does not
/// reject. Of more than 2,000 exceedances they are by the delta method on ln(x - u), which is then the same to a few
/// hundredths of the width. For xi at or below -0.5 there is none.</para>
/// </remarks>
public sealed class PeaksOverThreshold
{
    /// <summary>Fewest exceedances of a fit.</summary>
    public const int Fewest = 20;

    /// <summary>Most exceedances whose intervals are by profile likelihood.</summary>
    public const int MostProfiled = 2000;

    private readonly Func<Law, double> _logLikelihood;

    private PeaksOverThreshold(
        TailSide side,
        double threshold,
        int exceedances,
        int count,
        FitResult fit,
        Func<Law, double> logLikelihood
    )
    {
        Side = side;
        Threshold = threshold;
        Exceedances = exceedances;
        Count = count;
        Result = fit;
        _logLikelihood = logLikelihood;
    }

    public TailSide Side { get; }

    /// <summary>In the unit of the values; of values that are multiples of a step it lies between two of them.</summary>
    public double Threshold { get; }

    /// <summary>Values beyond the threshold.</summary>
    public int Exceedances { get; }

    /// <summary>All values.</summary>
    public int Count { get; }

    /// <summary>The law of the distances from the threshold, or why there is none.</summary>
    public FitResult Result { get; }

    /// <summary>The distances from the threshold, ascending; empty for grouped values.</summary>
    public IReadOnlyList<double> Distances { get; private init; } = [];

    /// <summary>The distances as cells, of grouped values.</summary>
    public GroupedSample? Cells { get; private init; }

    /// <summary>Fits the tail of continuous values.</summary>
    /// <param name="ascending">Sorted, finite.</param>
    /// <param name="side">Which tail.</param>
    /// <param name="share">Of values beyond the threshold, such as 0.05; the threshold is their type 7 quantile.</param>
    public static PeaksOverThreshold Of(ReadOnlySpan<double> ascending, TailSide side, double share)
    {
        Check(ascending.Length, share);
        double[] mirrored = side == TailSide.Upper ? ascending.ToArray() : Mirrored(ascending);
        double threshold = Quantile.OfSorted(mirrored, 1 - share);
        double[] distances = [.. mirrored.Where(value => value > threshold).Select(value => value - threshold)];
        FitResult fit =
            distances.Length < Fewest
                ? TooFew(distances.Length)
                : MaximumLikelihood.Of(Family.GeneralizedPareto, distances);
        return new(
            side,
            Signed(side, threshold),
            distances.Length,
            ascending.Length,
            fit,
            law => distances.Sum(law.LogDensity)
        )
        {
            Distances = distances,
        };
    }

    /// <summary>Fits the tail of values that are multiples of a step; the threshold is the boundary of the most cells that
    /// together hold at most the share.</summary>
    /// <param name="sample">All values.</param>
    /// <param name="side">Which tail.</param>
    /// <param name="share">Of values beyond the threshold, at most.</param>
    public static PeaksOverThreshold Of(GroupedSample sample, TailSide side, double share)
    {
        Check(sample.Count, share);
        var outward = side == TailSide.Upper ? sample.Cells.Reverse() : sample.Cells;
        var taken = new List<Cell>();
        int beyond = 0;
        foreach (Cell cell in outward)
        {
            if (beyond + cell.Count > share * sample.Count)
                break;
            beyond += cell.Count;
            taken.Add(cell);
        }
        double sign = side == TailSide.Upper ? 1 : -1;
        double Outer(Cell cell) => side == TailSide.Upper ? cell.Upper : -cell.Lower;
        double Inner(Cell cell) => side == TailSide.Upper ? cell.Lower : -cell.Upper;
        double threshold = taken.Count == 0 ? double.NaN : Inner(taken[^1]);
        if (taken.Count > 0 && !double.IsFinite(threshold))
            return new(side, sign * threshold, beyond, sample.Count, TooFew(beyond), _ => 0);
        Cell[] cells = [.. taken.Select(c => new Cell(Inner(c) - threshold, Outer(c) - threshold, c.Count)).Reverse()];
        var distances = new GroupedSample(sample.Step / 2, sample.Step, cells, beyond);
        FitResult fit = beyond < Fewest ? TooFew(beyond) : GroupedFit.Of(Family.GeneralizedPareto, distances);
        return new(side, sign * threshold, beyond, sample.Count, fit, distances.LogLikelihood) { Cells = distances };
    }

    /// <summary>The value that a share of all dies lies beyond.</summary>
    /// <param name="share">Below the share beyond the threshold.</param>
    /// <param name="confidence">Of the interval.</param>
    /// <returns>Null without a law, or where the share lies on this side of the threshold.</returns>
    public TailQuantile? Beyond(double share, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        if (Result.Fit is not { } fit || !(share > 0 && share * Count < Exceedances))
            return null;
        double distance = DistanceAt(fit.Law, Zeta, share);
        TailMethod method = Exceedances <= MostProfiled ? TailMethod.Profile : TailMethod.Delta;
        Interval? interval =
            fit.Covariance is null ? null
            : method == TailMethod.Profile ? ByProfile(fit, share, confidence)
            : ByDelta(fit, share, confidence);
        return new(share, Value(distance), interval is { } found ? Ordered(found) : null, method);
    }

    /// <summary>The share of all dies beyond a value, with an interval by the delta method on its logarithm.</summary>
    /// <param name="value">Beyond the threshold.</param>
    /// <param name="confidence">Of the interval.</param>
    /// <returns>Null without a law, or on this side of the threshold.</returns>
    public (Estimate Share, Interval? Interval)? ShareBeyond(double value, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        double distance = Side == TailSide.Upper ? value - Threshold : Threshold - value;
        if (Result.Fit is not { } fit || !(distance > 0))
            return null;
        Estimate above = fit.Delta(law => law.Above(distance));
        double share = Zeta * above.Value;
        if (!(share > 0) || double.IsNaN(above.Error))
            return (new(share, double.NaN), null);
        double relative = Math.Sqrt(Square(above.Error / above.Value) + (1 - Zeta) / Exceedances);
        double factor = Functions.Exp(Normal.InvCDF(0, 1, 0.5 + confidence / 2) * relative);
        return (new(share, share * relative), new(share / factor, Math.Min(1, share * factor)));
    }

    private double Zeta => (double)Exceedances / Count;

    private static double DistanceAt(Law law, double zeta, double share) =>
        ((ParetoLaw)law).Exceeded(Functions.Log(zeta / share));

    private Interval ByDelta(FittedLaw fit, double share, double confidence)
    {
        Estimate distance = fit.Delta(law => DistanceAt(law, Zeta, share));
        var (xi, sigma) = fit.Law.Parameters;
        // d(distance)/d ln(zeta) = sigma (zeta/share)^xi, and ln(zeta) has the variance (1 - zeta)/k.
        double slope = sigma * Functions.Pow(Zeta / share, xi);
        double error = Math.Sqrt(Square(distance.Error) + Square(slope) * (1 - Zeta) / Exceedances);
        double factor = Functions.Exp(Normal.InvCDF(0, 1, 0.5 + confidence / 2) * error / distance.Value);
        return new(distance.Value / factor, distance.Value * factor);
    }

    private Interval ByProfile(FittedLaw fit, double share, double confidence)
    {
        double drop = Square(Normal.InvCDF(0, 1, 0.5 + confidence / 2)) / 2;
        var profile = new TailProfile(_logLikelihood, fit, Exceedances, Count, share);
        return new(profile.End(-1, drop), profile.End(1, drop));
    }

    private double Value(double distance) => Threshold + (Side == TailSide.Upper ? distance : -distance);

    private Interval Ordered(Interval distances) =>
        Side == TailSide.Upper
            ? new(Value(distances.Lower), Value(distances.Upper))
            : new(Value(distances.Upper), Value(distances.Lower));

    private static void Check(int count, double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(share is > 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(share),
                share,
                "A share beyond a threshold lies between 0 and 1."
            );
    }

    private static FitResult TooFew(int count) =>
        new(
            Family.GeneralizedPareto,
            null,
            $"{Counted.Values(count)} beyond the threshold; expected at least {Fewest}"
        );

    private static double[] Mirrored(ReadOnlySpan<double> ascending)
    {
        var mirrored = new double[ascending.Length];
        for (int i = 0; i < mirrored.Length; i++)
            mirrored[i] = -ascending[^(i + 1)];
        return mirrored;
    }

    private static double Signed(TailSide side, double value) => side == TailSide.Upper ? value : -value;

    private static double Square(double x) => x * x;
}
