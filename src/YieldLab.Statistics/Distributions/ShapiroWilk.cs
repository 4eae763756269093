using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Distributions;

/// <summary>
/// The test of Shapiro and Wilk that values are normal, by P. Royston's approximation (Applied Statistics 44 (1995) 547,
/// algorithm AS R94; shapiro.test of R). Among tests for normality it finds most departures, with independent values
/// without ties.
/// </summary>
public static class ShapiroWilk
{
    /// <summary>Fewest values.</summary>
    public const int Fewest = 3;

    /// <summary>Most values for which the approximation was made; there is no test for more.</summary>
    public const int Most = 5000;

    /// <summary>W, at most 1, and the probability of a smaller one for normal values.</summary>
    /// <param name="ascending">Sorted, <see cref="Fewest"/> to <see cref="Most"/> values, not all the same.</param>
    public static (double Statistic, double P) Of(ReadOnlySpan<double> ascending)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ascending.Length, Fewest, nameof(ascending));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ascending.Length, Most, nameof(ascending));
        double[] weights = Weights(ascending.Length);
        double mean = Moments.CentredMean(ascending);
        double ssq = PowerSums.Of(ascending, mean).Second;
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] * (ascending[^(i + 1)] - ascending[i]);
        // 1 - W as a product, so that a W near 1 keeps its digits.
        double root = Math.Sqrt(ssq);
        double rest = Math.Max(0, (root - sum) * (root + sum) / ssq);
        return (1 - rest, P(ascending.Length, 1 - rest, rest));
    }

    // For the upper half, the largest value first.
    private static double[] Weights(int n)
    {
        int half = n / 2;
        if (n == 3)
            return [Math.Sqrt(0.5)];
        var m = new double[half];
        for (int i = 0; i < half; i++)
            m[i] = -NormalQuantile.At((i + 1 - 0.375) / (n + 0.25));
        double sum = 2 * m.Sum(value => value * value);
        double root = Math.Sqrt(sum);
        double x = 1 / Math.Sqrt(n);
        double first = m[0] / root + x * (0.221157 + x * (-0.147981 + x * (-2.071190 + x * (4.434685 - x * 2.706056))));
        if (n <= 5)
            return Rest(m, [first], sum);
        double second =
            m[1] / root + x * (0.042981 + x * (-0.293762 + x * (-1.752461 + x * (5.682633 - x * 3.582633))));
        return Rest(m, [first, second], sum);
    }

    private static double[] Rest(double[] m, double[] polynomial, double sum)
    {
        double left = sum - 2 * m.Take(polynomial.Length).Sum(value => value * value);
        double right = 1 - 2 * polynomial.Sum(value => value * value);
        double factor = Math.Sqrt(left / right);
        return [.. polynomial, .. m.Skip(polynomial.Length).Select(value => value / factor)];
    }

    private static double P(double n, double w, double rest)
    {
        if (n == 3)
            return Three(w);
        if (rest <= 0)
            return 1;
        double logN = Functions.Log(n);
        double y = Functions.Log(rest);
        double mean;
        double deviation;
        if (n <= 11)
        {
            double gamma = -2.273 + 0.459 * n;
            if (y >= gamma)
                return 1e-99;
            y = -Functions.Log(gamma - y);
            mean = 0.5440 + n * (-0.39978 + n * (0.025054 - n * 0.0006714));
            deviation = Functions.Exp(1.3822 + n * (-0.77857 + n * (0.062767 - n * 0.0020322)));
        }
        else
        {
            mean = -1.5861 + logN * (-0.31082 + logN * (-0.083751 + logN * 0.0038915));
            deviation = Functions.Exp(-0.4803 + logN * (-0.082676 + logN * 0.0030302));
        }
        return NormalLaw.Tail((y - mean) / deviation);
    }

    // Exact: (6/pi) (arcsin sqrt(W) - arcsin sqrt(3/4)), the arcsine by its derivative, as no library of ours has one.
    private static double Three(double w)
    {
        double root = Math.Sqrt(Math.Clamp(w, 0.75, 1));
        double other = Math.Sqrt(1 - root * root);
        // sin(a - b) with sin a = root, sin b = sqrt(3/4); the angle is at most pi/6.
        double sine = root * 0.5 - other * Math.Sqrt(0.75);
        return Math.Clamp(6 / 3.14159265358979323846 * ArcSine(sine), 0, 1);
    }

    // Up to 1/2: the series to s^61 leaves less than 1e-19.
    private static double ArcSine(double s)
    {
        double square = s * s;
        double coefficient = s;
        double sum = s;
        for (int k = 1; k <= 30; k++)
        {
            coefficient *= square * (2 * k - 1) / (2 * k);
            sum += coefficient / (2 * k + 1);
        }
        return sum;
    }
}
