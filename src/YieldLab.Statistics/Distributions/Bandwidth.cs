using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Distributions;

/// <summary>How wide the kernel of a density estimate is: its standard deviation, in the unit of the values.</summary>
/// <param name="Width">Above 0.</param>
/// <param name="IsSheatherJones">False where the rule of thumb had to do.</param>
public readonly record struct Bandwidth(double Width, bool IsSheatherJones)
{
    private const int Bins = 1000;

    // Beyond it exp(-delta/2) is nothing.
    private const double FarthestDelta = 1000;
    private const double RootTwoPi = 2.5066282746310005024;
    private const double RootPi = 1.7724538509055160273;

    /// <summary>The bandwidth for some values: Sheather and Jones, solving the equation (J. Roy. Statist. Soc. B 53 (1991)
    /// 683), from the distances of 1,000 bins as R's bw.SJ; where the equation has no solution, Silverman's rule of
    /// thumb.</summary>
    /// <param name="ascending">At least two values, sorted, finite, not all the same.</param>
    public static Bandwidth Of(ReadOnlySpan<double> ascending) =>
        SheatherJones(ascending) is { } width ? new(width, true) : new(Silverman(ascending), false);

    /// <summary>0.9 min(sd, interquartile range/1.34) n^(-1/5) (B. W. Silverman, Density Estimation, 1986, equation 3.31;
    /// bw.nrd0 of R).</summary>
    public static double Silverman(ReadOnlySpan<double> ascending) =>
        0.9 * Spread(ascending, 1.34) * Functions.Pow(ascending.Length, -0.2);

    private static double? SheatherJones(ReadOnlySpan<double> ascending)
    {
        double n = ascending.Length;
        double scale = Spread(ascending, 1.349);
        double cell = (ascending[^1] - ascending[0]) * 1.01 / Bins;
        double[] pairs = Distances(ascending, cell);
        double sixth = -Functional(pairs, cell, n, 1.23 * scale * Functions.Pow(n, -1.0 / 9), 6);
        double fourth = Functional(pairs, cell, n, 1.24 * scale * Functions.Pow(n, -1.0 / 7), 4);
        if (!(sixth > 0 && fourth > 0 && double.IsFinite(fourth / sixth)))
            return null;
        double factor = 1.357 * Functions.Pow(fourth / sixth, 1.0 / 7);
        double Excess(double h)
        {
            double curvature = Functional(pairs, cell, n, factor * Functions.Pow(h, 5.0 / 7), 4);
            return curvature > 0 ? Functions.Pow(1 / (2 * RootPi * n * curvature), 0.2) - h : double.NaN;
        }
        return Solve(Excess, 1.144 * scale * Functions.Pow(n, -0.2));
    }

    // As R widens: by turns the upper and the lower end.
    private static double? Solve(Func<double, double> excess, double upper)
    {
        double lower = 0.1 * upper;
        for (int attempt = 1; !(excess(lower) * excess(upper) <= 0); attempt++)
        {
            if (attempt > 99)
                return null;
            if (attempt % 2 == 1)
                upper *= 1.2;
            else
                lower /= 1.2;
        }
        return Roots.Bisect(excess, lower, upper);
    }

    private static double Spread(ReadOnlySpan<double> ascending, double normal)
    {
        double mean = Moments.CentredMean(ascending);
        double deviation = PowerSums.Of(ascending, mean).Deviation;
        double quartiles = Quantile.OfSorted(ascending, 0.75) - Quantile.OfSorted(ascending, 0.25);
        return quartiles > 0 ? Math.Min(deviation, quartiles / normal) : deviation;
    }

    // How many pairs are so many cells apart. R counts cells from 0 on, not from the smallest value.
    private static double[] Distances(ReadOnlySpan<double> ascending, double cell)
    {
        long first = (long)(ascending[0] / cell);
        var counts = new double[Bins + 2];
        foreach (double value in ascending)
            counts[Math.Clamp((long)(value / cell) - first, 0, Bins + 1)]++;
        var pairs = new double[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            pairs[0] += counts[i] * (counts[i] - 1) / 2;
            for (int j = 0; j < i; j++)
                pairs[i - j] += counts[i] * counts[j];
        }
        return pairs;
    }

    // Estimate of the integral of the density's derivative of this order times the density.
    private static double Functional(double[] pairs, double cell, double n, double h, int order)
    {
        double sum = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            double delta = i * cell / h;
            delta *= delta;
            if (delta >= FarthestDelta)
                break;
            sum += Functions.Exp(-delta / 2) * Hermite(delta, order) * pairs[i];
        }
        double total = 2 * sum + n * Hermite(0, order);
        double power = h * h * h * h * h * (order == 4 ? 1 : h * h);
        return total / (n * (n - 1) * power * RootTwoPi);
    }

    private static double Hermite(double delta, int order) =>
        order == 4 ? delta * delta - 6 * delta + 3 : delta * delta * delta - 15 * delta * delta + 45 * delta - 15;
}
