namespace YieldLab.Statistics.Distributions;

/// <summary>Sums of powers of deviations from the mean of n values, and what follows when one is left out.</summary>
internal readonly record struct PowerSums(int Count, double Second, double Third, double Fourth)
{
    public static PowerSums Of(ReadOnlySpan<double> values, double mean)
    {
        double second = 0;
        double third = 0;
        double fourth = 0;
        foreach (double value in values)
        {
            double d = value - mean;
            double square = d * d;
            second += square;
            third += square * d;
            fourth += square * square;
        }
        return new(values.Length, second, third, fourth);
    }

    public double Deviation => Math.Sqrt(Second / (Count - 1));

    /// <summary>G1.</summary>
    public double Skewness
    {
        get
        {
            double n = Count;
            double m2 = Second / n;
            return Math.Sqrt(n * (n - 1)) / (n - 2) * (Third / n) / (m2 * Math.Sqrt(m2));
        }
    }

    /// <summary>G2.</summary>
    public double ExcessKurtosis
    {
        get
        {
            double n = Count;
            double excess = n * Fourth / (Second * Second) - 3;
            return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6);
        }
    }

    /// <summary>The sums without a value, about the mean of the others, which lies at -d/(n - 1).</summary>
    /// <param name="d">The deviation of the value from the mean of all.</param>
    public PowerSums Without(double d)
    {
        int rest = Count - 1;
        double shift = -d / rest;
        double s2 = Second - d * d;
        double s3 = Third - d * d * d;
        double s4 = Fourth - d * d * d * d;
        // Sum of (x - shift)^k, where the sum of x is rest * shift.
        double square = shift * shift;
        return new(
            rest,
            Math.Max(0, s2 - rest * square),
            s3 - 3 * shift * s2 + 2 * rest * square * shift,
            s4 - 4 * shift * s3 + 6 * square * s2 - 3 * rest * square * square
        );
    }
}
