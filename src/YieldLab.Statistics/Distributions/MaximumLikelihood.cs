using MathNet.Numerics;

namespace YieldLab.Statistics.Distributions;

/// <summary>
/// Laws of a family by maximum likelihood, with errors from the observed information: minus the second derivatives of the
/// log-likelihood at its summit. They assume independent values of one law of that family; of another family the
/// parameters are those of the nearest law (in the sense of Kullback and Leibler) and the errors are not theirs.
/// </summary>
/// <remarks>Normal: sd with the divisor n. Lognormal: the normal fit of the logarithms. Weibull: the one equation for the
/// shape (A. C. Cohen, Technometrics 7 (1965) 579). Beta: Newton's steps on the logarithms of a and b. Generalised Pareto:
/// simplex and Newton's steps, xi at least -1, below which the likelihood has no bound; errors for xi above -0.5 only (R. L.
/// Smith, Biometrika 72 (1985) 67).</remarks>
public static class MaximumLikelihood
{
    /// <summary>Fewest values of a fit of two parameters.</summary>
    public const int Fewest = 5;

    /// <summary>Smallest xi at which the likelihood theory holds.</summary>
    public const double LeastRegularXi = -0.5;

    private const int MostSteps = 100;

    /// <summary>Fits a family to values.</summary>
    /// <param name="family">The family.</param>
    /// <param name="values">All finite, in any order; of the generalised Pareto exceedances above 0.</param>
    public static FitResult Of(Family family, ReadOnlySpan<double> values)
    {
        if (Refusal(family, values) is { } reason)
            return new(family, null, reason);
        return family switch
        {
            Family.Normal => Normal(values),
            Family.Lognormal => Lognormal(values),
            Family.Weibull => Weibull(values),
            Family.Beta => Beta(values),
            _ => Pareto(values),
        };
    }

    private static string? Refusal(Family family, ReadOnlySpan<double> values)
    {
        if (values.Length < Fewest)
            return $"{Counted.Values(values.Length)}; expected at least {Fewest}";
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        foreach (double value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }
        if (!double.IsFinite(least + most))
            throw new ArgumentException("Values of a fit are finite.", nameof(values));
        if (least == most)
            return "all values are the same";
        return family switch
        {
            Family.Normal => null,
            Family.Beta when least <= 0 || most >= 1 => OutsideUnit(values),
            _ when least <= 0 && family != Family.Beta =>
                $"{Counted.Of(Count(values, value => value <= 0), "value is", "values are")} 0 or less",
            _ => null,
        };
    }

    // A density at the very ends is 0 or infinite: there the values are a part of their own.
    private static string OutsideUnit(ReadOnlySpan<double> values)
    {
        int zeros = Count(values, value => value == 0);
        int ones = Count(values, value => value == 1);
        int outside = Count(values, value => value is < 0 or > 1);
        return outside > 0
            ? $"{Counted.Of(outside, "value lies", "values lie")} outside of 0 to 1"
            : $"{Share(zeros, values.Length)} of the values are 0 and {Share(ones, values.Length)} are 1: no density there";
    }

    private static string Share(int count, int all) => FormattableString.Invariant($"{100.0 * count / all:0.##} %");

    private static int Count(ReadOnlySpan<double> values, Func<double, bool> holds)
    {
        int count = 0;
        foreach (double value in values)
            count += holds(value) ? 1 : 0;
        return count;
    }

    private static FitResult Normal(ReadOnlySpan<double> values)
    {
        var (mean, deviation) = MeanAndDeviation(values);
        if (!(deviation > 0))
            return new(Family.Normal, null, "all values are the same to rounding");
        double n = values.Length;
        double variance = deviation * deviation;
        double height = -n * (Functions.HalfLogTwoPi + Functions.Log(deviation) + 0.5);
        var fit = new FittedLaw(
            new NormalLaw(mean, deviation),
            new Symmetric(variance / n, 0, variance / (2 * n)),
            height,
            values.Length,
            false
        );
        return new(Family.Normal, fit, null);
    }

    private static FitResult Lognormal(ReadOnlySpan<double> values)
    {
        double[] logarithms = Logarithms(values);
        FitResult found = Normal(logarithms);
        if (found.Fit is not { } fit)
            return found with { Family = Family.Lognormal };
        var (mu, sigma) = fit.Law.Parameters;
        return new(
            Family.Lognormal,
            fit with
            {
                Law = new LognormalLaw(mu, sigma),
                LogLikelihood = fit.LogLikelihood - logarithms.Sum(),
            },
            null
        );
    }

    // With the logarithms u relative to the largest: 1/shape = sum u e^(shape u)/sum e^(shape u) - mean u.
    private static FitResult Weibull(ReadOnlySpan<double> values)
    {
        double[] u = Logarithms(values);
        double top = u.Max();
        for (int i = 0; i < u.Length; i++)
            u[i] -= top;
        double mean = u.Average();
        double deviation = MeanAndDeviation(u).Deviation;
        if (!(deviation > 0))
            return new(Family.Weibull, null, "all values are the same to rounding");
        double shape = Shape(u, mean, 1.2825498301618641 / deviation);
        var (zero, _, _) = Exponentials(u, shape);
        double n = u.Length;
        double logScale = Functions.Log(zero / n) / shape;
        double height = n * (Functions.Log(shape) - shape * logScale) + (shape - 1) * n * mean - n - n * top;
        var law = new WeibullLaw(shape, Functions.Exp(logScale + top));
        return new(
            Family.Weibull,
            new(law, WeibullCovariance(u, shape, logScale).Scaled(1, law.Scale), height, u.Length, false),
            null
        );
    }

    // Newton on ln shape: the equation is monotone, and its steps are kept short.
    private static double Shape(double[] u, double mean, double start)
    {
        double shape = start;
        for (int i = 0; i < MostSteps; i++)
        {
            var (zero, first, second) = Exponentials(u, shape);
            double ratio = first / zero;
            double excess = ratio - mean - 1 / shape;
            double slope = second / zero - ratio * ratio + 1 / (shape * shape);
            double step = Math.Clamp(excess / slope, -shape / 2, shape / 2);
            shape -= step;
            if (Math.Abs(step) <= 1e-14 * shape)
                break;
        }
        return shape;
    }

    private static (double Zero, double First, double Second) Exponentials(double[] u, double shape)
    {
        double zero = 0;
        double first = 0;
        double second = 0;
        foreach (double value in u)
        {
            double power = Functions.Exp(shape * value);
            zero += power;
            first += power * value;
            second += power * value * value;
        }
        return (zero, first, second);
    }

    // In z = (x/scale)^shape and w = ln(x/scale): l = n ln shape - n ln scale + (shape - 1) sum w - sum z.
    private static Symmetric WeibullCovariance(double[] u, double shape, double logScale)
    {
        double zw = 0;
        double zww = 0;
        foreach (double value in u)
        {
            double w = value - logScale;
            double z = Functions.Exp(shape * w);
            zw += z * w;
            zww += z * w * w;
        }
        double n = u.Length;
        // Of shape and ln scale; the sum of z is n.
        var information = new Symmetric(n / (shape * shape) + zww, -shape * zw, shape * shape * n);
        return information.Inverse();
    }

    private static FitResult Beta(ReadOnlySpan<double> values)
    {
        double n = values.Length;
        double logs = 0;
        double others = 0;
        foreach (double value in values)
        {
            logs += Functions.Log(value);
            others += Functions.Log1p(-value);
        }
        var (a, b) = BetaStart(values);
        if (!double.IsFinite(a + b))
            return new(Family.Beta, null, "all values are the same to rounding");
        (a, b) = BetaShape(logs / n, others / n, a, b);
        if (!(a is > 0 and < 1e9 && b is > 0 and < 1e9))
            return new(Family.Beta, null, "the likelihood has no summit");
        double height = (a - 1) * logs + (b - 1) * others - n * BetaLaw.LogBeta(a, b);
        Symmetric information = BetaInformation(a, b);
        return new(
            Family.Beta,
            new(
                new BetaLaw(a, b),
                new Symmetric(n * information.First, n * information.Mixed, n * information.Second).Inverse(),
                height,
                values.Length,
                false
            ),
            null
        );
    }

    private static (double A, double B) BetaStart(ReadOnlySpan<double> values)
    {
        var (mean, deviation) = MeanAndDeviation(values);
        double sum = mean * (1 - mean) / (deviation * deviation) - 1;
        return (Math.Max(mean * sum, 1e-3), Math.Max((1 - mean) * sum, 1e-3));
    }

    // Newton on a and b: the log-likelihood is concave.
    private static (double A, double B) BetaShape(double log, double other, double a, double b)
    {
        for (int i = 0; i < MostSteps; i++)
        {
            double both = SpecialFunctions.DiGamma(a + b);
            double scoreA = log - SpecialFunctions.DiGamma(a) + both;
            double scoreB = other - SpecialFunctions.DiGamma(b) + both;
            var (stepA, stepB) = BetaInformation(a, b).Inverse().Times(scoreA, scoreB);
            double most = Math.Max(Math.Abs(stepA) / a, Math.Abs(stepB) / b);
            double part = most > 0.5 ? 0.5 / most : 1;
            a += part * stepA;
            b += part * stepB;
            if (most < 1e-13)
                break;
        }
        return (a, b);
    }

    // Of one value; observed and expected are the same.
    private static Symmetric BetaInformation(double a, double b)
    {
        double both = Functions.Trigamma(a + b);
        return new(Functions.Trigamma(a) - both, -both, Functions.Trigamma(b) - both);
    }

    private static FitResult Pareto(ReadOnlySpan<double> values)
    {
        double[] y = values.ToArray();
        double unit = MeanAndDeviation(values).Mean;
        for (int i = 0; i < y.Length; i++)
            y[i] /= unit;
        double Height(double xi, double logSigma) => xi < -1 ? double.NegativeInfinity : LogDensity(y, xi, logSigma);
        return ParetoSummit.Result(Height, unit, y.Length, y.Length * Functions.Log(unit), false);
    }

    private static double LogDensity(double[] y, double xi, double logSigma)
    {
        var law = new ParetoLaw(xi, Functions.Exp(logSigma));
        double sum = 0;
        foreach (double value in y)
            sum += law.LogDensity(value);
        return sum;
    }

    internal static double[] Logarithms(ReadOnlySpan<double> values)
    {
        var logarithms = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            logarithms[i] = Functions.Log(values[i]);
        return logarithms;
    }

    /// <summary>Mean, and standard deviation with the divisor n.</summary>
    internal static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<double> values)
    {
        double mean = Moments.CentredMean(values);
        return (mean, Math.Sqrt(PowerSums.Of(values, mean).Second / values.Length));
    }
}
