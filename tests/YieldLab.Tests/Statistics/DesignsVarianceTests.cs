using Xunit;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Statistics;

/// <summary>
/// The error of a mean over points, from many randomisations, against theory. A variance estimated from R nearly normal
/// means has the relative standard deviation sqrt(2/(R - 1)); bounds are at 5.5 of these, a false alarm of 4e-8.
/// </summary>
public class DesignsVarianceTests
{
    private const int Randomisations = 1024;
    private static readonly double Error = 5.5 * Math.Sqrt(2.0 / (Randomisations - 1));

    // Of a sum of s coordinates both designs leave only the places in the strata, which are independent: each coordinate's
    // mean has the variance 1/(12 n^3), independent points' 1/(12 n). For scrambled Sobol' points n is a power of 2.
    [Theory]
    [InlineData("latin-hypercube", 64)]
    [InlineData("latin-hypercube", 50)]
    [InlineData("sobol", 64)]
    public void Mean_of_a_sum_has_the_variance_of_the_places_alone(string method, int count)
    {
        const int Dimensions = 5;
        double variance = Variance(Points(method, Dimensions, count, 1), count, x => x.Sum());
        AssertRatio(variance, Dimensions / (12 * Math.Pow(count, 3)));
    }

    // To the next order in 1/n the mean of exp has the variance of its slopes, (e^2 - 1)/2/(12 n^3); with n = 16 what is
    // left out is below 1/n^2.
    [Theory]
    [InlineData("latin-hypercube", 16)]
    [InlineData("latin-hypercube", 128)]
    [InlineData("sobol", 16)]
    [InlineData("sobol", 128)]
    public void Variance_of_a_smooth_mean_falls_with_the_third_power(string method, int count)
    {
        double variance = Variance(Points(method, 1, count, 2), count, x => Math.Exp(x[0]));
        AssertRatio(variance, (Math.Exp(2) - 1) / 2 / (12 * Math.Pow(count, 3)));
    }

    // With v = (1 - 1/n^2)/12 the variance of a stratum's middle, two points of a hypercube have the covariance -v/(n - 1)
    // in each centred coordinate, so their products v^2/(n - 1)^2: the mean of n has 1/(144 n) + v^2/(n (n - 1)). With n = 4
    // the second term is 29 % of the first, more than the bound.
    [Fact]
    public void Latin_hypercube_leaves_what_two_coordinates_do_together()
    {
        const int Count = 4;
        double v = (1 - 1.0 / (Count * Count)) / 12;
        double variance = Variance(Points("latin-hypercube", 2, Count, 3), Count, x => (x[0] - 0.5) * (x[1] - 0.5));
        AssertRatio(variance, 1.0 / (144 * Count) + v * v / (Count * (Count - 1)));
    }

    // Owen (1997): x - 1/2 has the variance 4^-k/16 at bit k, and in a scrambled (0, m, 2)-net a product of bits k1 and k2
    // adds nothing to the variance of the mean where k1 + k2 + 2 <= m, and at most twice what it would for independent
    // points elsewhere: 2/(256 n) sum over K > m - 2 of (K + 1) 4^-K = 2/(256 n) 4^(1-m) (4 m/3 + 4/9).
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Scrambled_net_leaves_little_of_what_two_coordinates_do_together(int m)
    {
        int count = 1 << m;
        double variance = Variance(Points("sobol", 2, count, 4), count, x => (x[0] - 0.5) * (x[1] - 0.5));
        double bound = 2.0 / (256 * count) * Math.Pow(4, 1 - m) * (4 * m / 3.0 + 4 / 9.0);
        Assert.InRange(variance, 0, bound * (1 + Error));
    }

    // z of the mean over all randomisations beyond 5.5 has a probability of 4e-8.
    [Theory]
    [InlineData("latin-hypercube", 1)]
    [InlineData("latin-hypercube", 10)]
    [InlineData("sobol", 1)]
    [InlineData("sobol", 10)]
    [InlineData("sobol", 64)]
    public void Means_have_no_bias(string method, int count)
    {
        PointSet points = Points(method, 40, count, 5);
        AssertUnbiased(Means(points, count, x => x[0] + x[1] < 0.5 ? 1 : 0), 0.125);
        AssertUnbiased(Means(points, count, x => x.Take(8).Aggregate(1.0, (p, u) => p * (0.5 + u))), 1);
        AssertUnbiased(Means(points, count, x => Math.Pow(NormalQuantile.At(x[39]) + NormalQuantile.At(x[0]), 2)), 2);
    }

    [Theory]
    [InlineData("latin-hypercube")]
    [InlineData("sobol")]
    public void Means_of_neighbouring_randomisations_are_uncorrelated(string method)
    {
        double[] means = Means(Points(method, 3, 5, 6), 5, x => x[0] * x[1] + x[2]);
        DesignsChecks.AssertUncorrelated(means[..^1], means[1..]);
        DesignsChecks.AssertUncorrelated(means[..^2], means[2..]);
    }

    private static PointSet Points(string method, int dimensions, int count, ulong seed) =>
        method == "sobol"
            ? new SobolPoints(seed, dimensions, Randomisations)
            : new LatinHypercube(seed, dimensions, Randomisations, (long)Randomisations * count);

    private static double Variance(PointSet points, int count, Func<double[], double> function) =>
        DesignsChecks.Variance(Means(points, count, function));

    private static double[] Means(PointSet points, int count, Func<double[], double> function) =>
        [
            .. Enumerable
                .Range(0, Randomisations)
                .Select(r =>
                    Enumerable.Range(0, count).Average(j => function(Point(points, (long)j * Randomisations + r)))
                ),
        ];

    private static double[] Point(PointSet points, long die) =>
        [.. Enumerable.Range(0, points.Dimensions).Select(dimension => points.Coordinate(die, dimension))];

    private static void AssertRatio(double variance, double theory) =>
        Assert.InRange(variance / theory, 1 - Error, 1 + Error);

    private static void AssertUnbiased(double[] means, double expected)
    {
        double error = Math.Sqrt(DesignsChecks.Variance(means) / means.Length);
        Assert.InRange((means.Average() - expected) / error, -5.5, 5.5);
    }
}
