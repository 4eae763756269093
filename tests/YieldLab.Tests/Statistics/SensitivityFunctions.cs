using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>A function of independent uniform inputs in groups, whose indices are known in closed form.</summary>
/// <param name="Groups">For each group, its inputs.</param>
/// <param name="Of">The function.</param>
/// <param name="First">First-order indices.</param>
/// <param name="Total">Total indices.</param>
internal sealed record SensitivityFunction(int[][] Groups, Func<double[], double> Of, double[] First, double[] Total)
{
    private static readonly RandomStream Stream = new("test/sensitivity");

    /// <summary>f(A), f(B), f(A with each group from B), f(B with each group from A) of so many rows.</summary>
    public (double[] A, double[] B, double[][] Ab, double[][] Ba) Rows(ulong seed, int rows)
    {
        int inputs = Groups.Max(group => group.Max()) + 1;
        var draws = new AddressedDraws(seed);
        double[][] a = Points(0);
        double[][] b = Points(inputs);
        return (
            [.. a.Select(Of)],
            [.. b.Select(Of)],
            [.. Groups.Select(group => a.Zip(b, (x, y) => Of(With(x, y, group))).ToArray())],
            [.. Groups.Select(group => b.Zip(a, (x, y) => Of(With(x, y, group))).ToArray())]
        );

        double[][] Points(int first) =>
            [
                .. Enumerable
                    .Range(0, rows)
                    .Select(row =>
                        Enumerable.Range(first, inputs).Select(i => draws.Uniform(Stream, row, (uint)i)).ToArray()
                    ),
            ];
    }

    private static double[] With(double[] x, double[] y, int[] group)
    {
        double[] mixed = [.. x];
        foreach (int input in group)
            mixed[input] = y[input];
        return mixed;
    }
}

/// <summary>Functions that sensitivity analyses are judged by.</summary>
internal static class SensitivityFunctions
{
    /// <summary>T. Ishigami, T. Homma, 1990: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on [-pi, pi]^3.</summary>
    public static SensitivityFunction Ishigami
    {
        get
        {
            double pi4 = Math.Pow(Math.PI, 4);
            double one = Math.Pow(1 + 0.1 * pi4 / 5, 2) / 2;
            double two = 49.0 / 8;
            double oneThree = 0.01 * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
            double all = one + two + oneThree;
            return new(
                [
                    [0],
                    [1],
                    [2],
                ],
                u =>
                {
                    double[] x = [.. u.Select(v => Math.PI * (2 * v - 1))];
                    return Math.Sin(x[0]) + 7 * Math.Pow(Math.Sin(x[1]), 2) + 0.1 * Math.Pow(x[2], 4) * Math.Sin(x[0]);
                },
                [one / all, two / all, 0],
                [(one + oneThree) / all, two / all, oneThree / all]
            );
        }
    }

    /// <summary>I. M. Sobol's g function: the product of (|4 u - 2| + a)/(1 + a), with inputs in pairs as groups. The variance
    /// of a factor is 1/(3 (1 + a)^2).</summary>
    public static SensitivityFunction GInPairs
    {
        get
        {
            double[] a = [0, 1, 4.5, 9, 99, 99];
            int[][] groups =
            [
                [0, 5],
                [1, 2],
                [3, 4],
            ];
            return Product(
                groups,
                u => u.Select((v, i) => (Math.Abs(4 * v - 2) + a[i]) / (1 + a[i])).Aggregate(1.0, (x, y) => x * y),
                [
                    .. groups.Select(group =>
                        group.Aggregate(1.0, (v, i) => v * (1 + 1 / (3 * (1 + a[i]) * (1 + a[i])))) - 1
                    ),
                ]
            );
        }
    }

    /// <summary>A sum of normals with weights: each group has the part of the variance of its weights' squares, and no
    /// interaction.</summary>
    public static SensitivityFunction Sum
    {
        get
        {
            double[] weights = [3, 1, 1, 0.5, 0.1];
            int[][] groups =
            [
                [0],
                [1, 2],
                [3],
                [4],
            ];
            double all = weights.Sum(w => w * w);
            double[] parts = [.. groups.Select(group => group.Sum(i => weights[i] * weights[i]) / all)];
            return new(groups, u => u.Zip(weights, (v, w) => w * NormalQuantile.At(v)).Sum(), parts, parts);
        }
    }

    /// <summary>The product of 1 + s z with normal z: the variance of a factor is s^2.</summary>
    public static SensitivityFunction NormalProduct
    {
        get
        {
            double[] s = [1, 0.5, 0.3, 0.1];
            int[][] groups =
            [
                [0],
                [1, 2],
                [3],
            ];
            return Product(
                groups,
                u => u.Zip(s, (v, w) => 1 + w * NormalQuantile.At(v)).Aggregate(1.0, (x, y) => x * y),
                [.. groups.Select(group => group.Aggregate(1.0, (v, i) => v * (1 + s[i] * s[i])) - 1)]
            );
        }
    }

    /// <summary>Whether a sum of normals stays below its quantile of 90 %: the pass of a die. The indices are integrals, taken
    /// with SciPy 1.10.1: with Su(w2) = (quad(lambda z: norm.pdf(z)*norm.cdf((t-sqrt(w2)*z)/sqrt(1-w2))**2, -9, 9)[0] - p*p)/(p*(1-p)),
    /// t = norm.ppf(0.9), p = 0.9, of w2 = 0.773..., 0.193..., 0.0309..., 0.00193..., and 1 - Su(1 - w2).</summary>
    public static SensitivityFunction Pass
    {
        get
        {
            double[] weights = [1, 0.5, 0.2, 0.05];
            double all = Math.Sqrt(weights.Sum(w => w * w));
            double limit = NormalQuantile.At(0.9);
            return new(
                [
                    [0],
                    [1],
                    [2],
                    [3],
                ],
                u => u.Zip(weights, (v, w) => w * NormalQuantile.At(v)).Sum() / all < limit ? 1 : 0,
                PassFirst,
                PassTotal
            );
        }
    }

    private static readonly double[] PassFirst = [0.483728540, 0.076951565, 0.010860796, 0.000662983];
    private static readonly double[] PassTotal = [0.907744983, 0.478337773, 0.193214294, 0.048379933];

    // Of a product of independent groups with mean 1, from the variances of the groups.
    private static SensitivityFunction Product(int[][] groups, Func<double[], double> of, double[] variances)
    {
        double all = variances.Aggregate(1.0, (v, group) => v * (1 + group)) - 1;
        return new(
            groups,
            of,
            [.. variances.Select(v => v / all)],
            [.. variances.Select(v => v * (all + 1) / (1 + v) / all)]
        );
    }
}
