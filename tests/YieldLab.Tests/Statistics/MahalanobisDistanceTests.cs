using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class MahalanobisDistanceTests
{
    private static readonly double[] A = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64];
    private static readonly double[] B = [1.15, 0.88, 0.90, 0.74, 1.21, 1.15, 0.88, 0.74];
    private static readonly double[] C = [1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];

    // R 4.2.2: M <- cbind(a, b, c); mahalanobis(M, colMeans(M), cov(M)).
    private static readonly double[] Expected =
    [
        2.44393812929800,
        3.50720552713534,
        1.71975420553421,
        2.56818799784929,
        2.27902807307140,
        1.13137174309187,
        4.53656498023918,
        2.81394934378072,
    ];

    [Fact]
    public void Distances_are_those_of_R() => Same(MahalanobisDistance.Squared([A, B, C], 8));

    // Whatever the order and the units, and whatever columns say nothing new.
    [Fact]
    public void Columns_that_do_not_vary_or_follow_from_others_add_nothing()
    {
        double[] constant = [.. Enumerable.Repeat(-0.0197, 8)];
        double[] sum = [.. A.Zip(B, (a, b) => 1e-3 * a - b + 7)];
        double[] tiny = [.. C.Select(c => 1e-12 * c)];
        Same(MahalanobisDistance.Squared([constant, tiny, B, A, sum, C], 8));
        Assert.All(MahalanobisDistance.Squared([constant], 8), distance => Assert.Equal(0, distance));
        Assert.All(MahalanobisDistance.Squared([], 8), distance => Assert.Equal(0, distance));
        Assert.Equal(
            [0.0],
            MahalanobisDistance.Squared(
                [
                    [3.0],
                ],
                1
            )
        );
    }

    // The squares of n points in d directions sum to d (n - 1), also where there are hardly more points than directions.
    [Fact]
    public void Squares_sum_to_the_directions_times_the_degrees_of_freedom()
    {
        Assert.Equal(3 * 7, MahalanobisDistance.Squared([A, B, C], 8).Sum(), 1e-10);
        Assert.Equal(2 * 2, MahalanobisDistance.Squared([A[..3], B[..3], C[..3]], 3).Sum(), 1e-10);
    }

    [Fact]
    public void Columns_without_a_distance_are_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            MahalanobisDistance.Squared(
                [
                    [1, double.NaN],
                ],
                2
            )
        );
        Assert.Throws<ArgumentException>(() =>
            MahalanobisDistance.Squared(
                [
                    [1, 2, 3],
                ],
                2
            )
        );
    }

    private static void Same(double[] found)
    {
        for (int i = 0; i < Expected.Length; i++)
            Assert.Equal(Expected[i], found[i], 1e-10);
    }
}
