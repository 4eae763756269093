namespace YieldLab.Statistics.Distributions;

/// <summary>A test of a fitted law.</summary>
/// <param name="Name">Of the test.</param>
/// <param name="Statistic">What it computes.</param>
/// <param name="P">Probability of a statistic at least as bad where the family is the right one; null where there is no
/// such number.</param>
/// <param name="Method">Where P is from, or why there is none.</param>
public sealed record FitTest(string Name, double Statistic, double? P, string Method)
{
    /// <summary>Standard error of P where it is from samples: sqrt(P (1 - P)/samples).</summary>
    public double? MonteCarloError { get; init; }
}

/// <summary>
/// Tests whether values may be of a law that was fitted to them, each with the correction for that: a law that was fitted
/// lies nearer than the true one, and tests for a given law would nearly always be content. A small P says that the family
/// is wrong; a large one says that so many values do not show it. With many thousands of dies every family is rejected:
/// the question is then how far it is off, which D says.
/// </summary>
public static class GoodnessOfFit
{
    public const string KolmogorovSmirnovName = "Kolmogorov-Smirnov";
    public const string AndersonDarlingName = "Anderson-Darling";
    public const string ShapiroWilkName = "Shapiro-Wilk";
    public const string ChiSquareName = "chi-square";

    /// <summary>Fewest values of the corrections for fitted parameters.</summary>
    public const int Fewest = 8;

    /// <summary>Tests of continuous values.</summary>
    /// <param name="fit">Fitted to the values.</param>
    /// <param name="ascending">The values, sorted; of which hardly any are the same.</param>
    public static IReadOnlyList<FitTest> Of(FittedLaw fit, ReadOnlySpan<double> ascending)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ascending.Length, fit.Count, nameof(ascending));
        return fit.Law switch
        {
            NormalLaw => OfNormal(fit, ascending),
            LognormalLaw => OfNormal(fit, MaximumLikelihood.Logarithms(ascending)),
            _ => OfOther(fit, ascending),
        };
    }

    /// <summary>The test of values of which only the cell is known.</summary>
    /// <param name="fit">Fitted to the cells.</param>
    /// <param name="sample">The cells.</param>
    public static IReadOnlyList<FitTest> Of(FittedLaw fit, GroupedSample sample) =>
        ChiSquareTest.Of(sample, fit.Law) is { } found
            ? [new(ChiSquareName, found.Statistic, found.P, $"Pearson, {found.Freedom} degrees of freedom")]
            : [new(ChiSquareName, double.NaN, null, "too few cells with 5 expected values")];

    private static FitTest[] OfNormal(FittedLaw fit, ReadOnlySpan<double> ascending)
    {
        int n = ascending.Length;
        var (mean, deviation) = fit.Law.Parameters;
        var law = new NormalLaw(mean, deviation * Math.Sqrt(n / (n - 1.0)));
        double d = KolmogorovSmirnov.Statistic(ascending, law);
        double a = AndersonDarling.Statistic(ascending, law);
        FitTest[] distances =
            n < Fewest
                ? TooFew(d, a, n)
                :
                [
                    new(
                        KolmogorovSmirnovName,
                        d,
                        KolmogorovSmirnov.FittedNormal(n, d),
                        "Lilliefors (Dallal and Wilkinson 1986, Stephens 1974)"
                    ),
                    new(
                        AndersonDarlingName,
                        a,
                        AndersonDarling.FittedNormal(n, a),
                        "Stephens 1986, mean and sd fitted"
                    ),
                ];
        return [.. distances, OfShapiroWilk(ascending)];
    }

    private static FitTest OfShapiroWilk(ReadOnlySpan<double> ascending)
    {
        if (ascending.Length > ShapiroWilk.Most)
            return new(ShapiroWilkName, double.NaN, null, $"not known above {ShapiroWilk.Most} values");
        var (w, p) = ShapiroWilk.Of(ascending);
        return new(ShapiroWilkName, w, p, "Royston 1995");
    }

    private static FitTest[] OfOther(FittedLaw fit, ReadOnlySpan<double> ascending)
    {
        double d = KolmogorovSmirnov.Statistic(ascending, fit.Law);
        double a = AndersonDarling.Statistic(ascending, fit.Law);
        if (fit.Count < Fewest)
            return TooFew(d, a, fit.Count);
        if (FitBootstrap.Of(fit, d, a) is not { } found)
            return
            [
                new(KolmogorovSmirnovName, d, null, "the family does not fit samples of the law"),
                new(AndersonDarlingName, a, null, "the family does not fit samples of the law"),
            ];
        FitTest bySamples = Sampled(AndersonDarlingName, a, found.OfA2, found.Samples);
        return
        [
            Sampled(KolmogorovSmirnovName, d, found.OfD, found.Samples),
            fit.Law is WeibullLaw
                ? new(
                    AndersonDarlingName,
                    a,
                    AndersonDarling.FittedWeibull(fit.Count, a),
                    "Stephens 1977, shape and scale fitted"
                )
                : bySamples,
        ];
    }

    private static FitTest Sampled(string name, double statistic, double p, int samples) =>
        new(name, statistic, p, $"parametric bootstrap, {samples} samples")
        {
            MonteCarloError = Math.Sqrt(p * (1 - p) / samples),
        };

    private static FitTest[] TooFew(double d, double a, int count)
    {
        string reason = $"{Counted.Values(count)}; expected at least {Fewest}";
        return [new(KolmogorovSmirnovName, d, null, reason), new(AndersonDarlingName, a, null, reason)];
    }
}
