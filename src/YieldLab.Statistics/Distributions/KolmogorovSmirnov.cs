namespace YieldLab.Statistics.Distributions;

/// <summary>
/// The test of Kolmogorov and Smirnov: D, the largest distance of the values' distribution function from a law's. It looks
/// at the middle more than at the tails; Anderson and Darling's is stronger. Both assume independent values without
/// ties.
/// </summary>
public static class KolmogorovSmirnov
{
    private const int MostExact = 1000;

    /// <summary>D.</summary>
    /// <param name="ascending">Sorted, at least one value.</param>
    /// <param name="law">The law.</param>
    public static double Statistic(ReadOnlySpan<double> ascending, Law law)
    {
        double n = ascending.Length;
        double largest = 0;
        for (int i = 0; i < ascending.Length; i++)
        {
            double f = law.Below(ascending[i]);
            largest = Math.Max(largest, Math.Max((i + 1) / n - f, f - i / n));
        }
        return largest;
    }

    /// <summary>Probability of at least D where the law was given beforehand, not fitted to the values: exact up to 1,000
    /// values (G. Marsaglia, W. W. Tsang, J. Wang, Journal of Statistical Software 8 (2003) 18), Kolmogorov's limit
    /// above.</summary>
    public static double GivenLaw(int count, double d) =>
        d <= 0 ? 1
        : d >= 1 ? 0
        : count <= MostExact ? Math.Clamp(1 - Exact(count, d), 0, 1)
        : Limit(Math.Sqrt(count) * d);

    /// <summary>Probability of at least D for a normal law with the mean and the standard deviation (divisor n - 1) of the
    /// values: H. W. Lilliefors's test with the approximation of G. E. Dallal, L. Wilkinson (American Statistician 40 (1986)
    /// 294) up to 0.1 and M. A. Stephens's (JASA 69 (1974) 730) above, as nortest of R. At least five values.</summary>
    public static double FittedNormal(int count, double d)
    {
        double n = Math.Min(count, 100);
        double scaled = count > 100 ? d * Functions.Pow(count / 100.0, 0.49) : d;
        double p = Functions.Exp(
            -7.01256 * scaled * scaled * (n + 2.78019)
                + 2.99587 * scaled * Math.Sqrt(n + 2.78019)
                - 0.122119
                + 0.974598 / Math.Sqrt(n)
                + 1.67997 / n
        );
        return p <= 0.1 ? p : Math.Clamp(AboveTenth(Modified(count, d, -0.01, 0.85)), 0, 1);
    }

    /// <summary>sqrt(n) D with Stephens's terms that make its distribution nearly the same for all n.</summary>
    internal static double Modified(int count, double d, double constant, double perRoot) =>
        (Math.Sqrt(count) + constant + perRoot / Math.Sqrt(count)) * d;

    private static double AboveTenth(double k) =>
        k <= 0.302 ? 1
        : k <= 0.5 ? 2.76773 + k * (-19.828315 + k * (80.709644 + k * (-138.55152 + k * 81.218052)))
        : k <= 0.9 ? -4.901232 + k * (40.662806 + k * (-97.490286 + k * (94.029866 - k * 32.355711)))
        : k <= 1.31 ? 6.198765 + k * (-19.558097 + k * (23.186922 + k * (-12.234627 + k * 2.423045)))
        : 0;

    private static double Limit(double x)
    {
        double sum = 0;
        for (int k = 1; k <= 100; k++)
        {
            double term = Functions.Exp(-2.0 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-17)
                break;
        }
        // The series alternates without falling where x is small; there nearly all samples are farther away.
        return x < 0.2 ? 1 : Math.Clamp(2 * sum, 0, 1);
    }

    // The middle element of the n-th power of a matrix of order 2k - 1, with powers of ten kept apart.
    private static double Exact(int n, double d)
    {
        int k = (int)(n * d) + 1;
        int m = 2 * k - 1;
        double[] power = Identity(m);
        double[] square = Steps(m, k - n * d);
        int exponent = 0;
        int squareExponent = 0;
        for (int bits = n; bits > 0; bits >>= 1)
        {
            if ((bits & 1) != 0)
            {
                power = Product(power, square, m);
                exponent += squareExponent + Rescale(power, m, k);
            }
            square = Product(square, square, m);
            squareExponent = 2 * squareExponent + Rescale(square, m, k);
        }
        double s = power[(k - 1) * m + k - 1];
        for (int i = 1; i <= n; i++)
        {
            s = s * i / n;
            if (s < 1e-140)
            {
                s *= 1e140;
                exponent -= 140;
            }
        }
        for (; exponent < 0; exponent += 140)
            s *= 1e-140;
        for (; exponent > 0; exponent -= 140)
            s *= 1e140;
        return s;
    }

    private static double[] Steps(int m, double h)
    {
        var matrix = new double[m * m];
        for (int i = 0; i < m; i++)
        for (int j = 0; j < m; j++)
            matrix[i * m + j] = i - j + 1 < 0 ? 0 : 1;
        for (int i = 0; i < m; i++)
        {
            matrix[i * m] -= WholePower(h, i + 1);
            matrix[(m - 1) * m + i] -= WholePower(h, m - i);
        }
        matrix[(m - 1) * m] += 2 * h - 1 > 0 ? WholePower(2 * h - 1, m) : 0;
        for (int i = 0; i < m; i++)
        for (int j = 0; j < m; j++)
        for (int g = 1; g <= i - j + 1; g++)
            matrix[i * m + j] /= g;
        return matrix;
    }

    private static double WholePower(double x, int power)
    {
        double product = 1;
        for (int i = 0; i < power; i++)
            product *= x;
        return product;
    }

    private static double[] Identity(int m)
    {
        var matrix = new double[m * m];
        for (int i = 0; i < m; i++)
            matrix[i * m + i] = 1;
        return matrix;
    }

    private static double[] Product(double[] a, double[] b, int m)
    {
        var product = new double[m * m];
        for (int i = 0; i < m; i++)
        for (int k = 0; k < m; k++)
        {
            double factor = a[i * m + k];
            if (factor == 0)
                continue;
            for (int j = 0; j < m; j++)
                product[i * m + j] += factor * b[k * m + j];
        }
        return product;
    }

    private static int Rescale(double[] matrix, int m, int k)
    {
        if (matrix[(k - 1) * m + k - 1] <= 1e140)
            return 0;
        for (int i = 0; i < matrix.Length; i++)
            matrix[i] *= 1e-140;
        return 140;
    }
}
