namespace YieldLab.Statistics.Distributions;

/// <summary>
/// The test of Anderson and Darling: A2, the squared distance of the values' distribution function from a law's, weighted so
/// that the tails count as much as the middle. It assumes independent values without ties.
/// </summary>
public static class AndersonDarling
{
    /// <summary>A2; infinite where the law excludes a value.</summary>
    /// <param name="ascending">Sorted, at least one value.</param>
    /// <param name="law">The law.</param>
    public static double Statistic(ReadOnlySpan<double> ascending, Law law)
    {
        double n = ascending.Length;
        double sum = 0;
        for (int i = 0; i < ascending.Length; i++)
            sum +=
                (2 * i + 1)
                / n
                * (Functions.Log(law.Below(ascending[i])) + Functions.Log(law.Above(ascending[^(i + 1)])));
        return -n - sum;
    }

    /// <summary>Probability of at least A2 where the law was given beforehand, not fitted to the values (G. Marsaglia, J.
    /// Marsaglia, Journal of Statistical Software 9 (2004) 2); absolute error about 1e-5.</summary>
    public static double GivenLaw(int count, double statistic)
    {
        if (statistic <= 0)
            return 1;
        if (statistic > 150)
            return 0;
        double limit = Limit(statistic);
        return Math.Clamp(1 - limit - Correction(count, limit), 0, 1);
    }

    /// <summary>Probability of at least A2 for a normal law with the mean and the standard deviation (divisor n - 1) of the
    /// values: case 3 of M. A. Stephens in R. B. D'Agostino, M. A. Stephens, Goodness-of-Fit Techniques, 1986, table 4.9;
    /// as nortest of R. At least eight values.</summary>
    public static double FittedNormal(int count, double statistic)
    {
        double n = count;
        double a = statistic * (1 + 0.75 / n + 2.25 / (n * n));
        double p =
            a < 0.2 ? 1 - Functions.Exp(-13.436 + 101.14 * a - 223.73 * a * a)
            : a < 0.34 ? 1 - Functions.Exp(-8.318 + 42.796 * a - 59.938 * a * a)
            : a < 0.6 ? Functions.Exp(0.9177 - 4.279 * a - 1.38 * a * a)
            : a < 10 ? Functions.Exp(1.2937 - 5.709 * a + 0.0186 * a * a)
            : 3.7e-24;
        return Math.Clamp(p, 0, 1);
    }

    /// <summary>Probability of at least A2 for a Weibull law fitted by maximum likelihood: the curve of MIL-HDBK-17-1F (2002,
    /// equation 8.3.4(c)) through the percentage points of M. A. Stephens (Biometrika 64 (1977) 583) for the extreme-value
    /// law of the logarithms. At least eight values.</summary>
    public static double FittedWeibull(int count, double statistic)
    {
        double a = statistic * (1 + 0.2 / Math.Sqrt(count));
        return a <= 0 ? 1 : 1 / (1 + Functions.Exp(-0.10 + 1.24 * Functions.Log(a) + 4.48 * a));
    }

    private static double Limit(double z) =>
        z < 2
            ? Functions.Exp(-1.2337141 / z)
                / Math.Sqrt(z)
                * (2.00012 + z * (0.247105 - z * (0.0649821 - z * (0.0347962 - z * (0.011672 - z * 0.00168691)))))
            : Functions.Exp(
                -Functions.Exp(1.0776 - z * (2.30695 - z * (0.43424 - z * (0.082433 - z * (0.008056 - z * 0.0003146)))))
            );

    private static double Correction(double n, double x)
    {
        if (x > 0.8)
            return (-130.2137 + x * (745.2337 - x * (1705.091 - x * (1950.646 - x * (1116.360 - x * 255.7844))))) / n;
        double crossing = 0.01265 + 0.1757 / n;
        if (x < crossing)
        {
            double t = x / crossing;
            t = Math.Sqrt(t) * (1 - t) * (49 * t - 102);
            return t * (0.0037 / (n * n) + 0.00078 / n + 0.00006) / n;
        }
        double u = (x - crossing) / (0.8 - crossing);
        u = -0.00022633 + u * (6.54034 - u * (14.6538 - u * (14.458 - u * (8.259 - u * 1.91864))));
        return u * (0.04213 + 0.01365 / n) / n;
    }
}
