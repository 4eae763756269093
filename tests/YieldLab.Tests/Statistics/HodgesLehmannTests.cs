using Xunit;
using YieldLab.Statistics.Comparison;

namespace YieldLab.Tests.Statistics;

public class HodgesLehmannTests
{
    private static readonly double[] Differences = [0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, -0.01, 0.734];
    private static readonly double[] First = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    private static readonly double[] Second = [1.15, 0.88, 0.90, 0.74, 1.21];

    // In R: i <- 1:80; y <- ((i*7919) %% 1009)/1009 - 0.45 + (i %% 7)/1000;  j <- 1:70; z <- ((j*6007) %% 997)/997*1.3
    private static readonly double[] Y =
    [
        .. Enumerable.Range(1, 80).Select(i => i * 7919 % 1009 / 1009.0 - 0.45 + i % 7 / 1000.0),
    ];
    private static readonly double[] Z = [.. Enumerable.Range(1, 70).Select(j => j * 6007 % 997 / 997.0 * 1.3)];

    // R 4.2.2: wilcox.test(d, conf.int = TRUE, conf.level = ...), "exact test".
    [Theory]
    [InlineData(0.90, 0.210, 0.734)]
    [InlineData(0.95, 0.175, 0.771)]
    [InlineData(0.99, -0.0785, 0.8780)]
    public void Paired_interval_is_the_exact_one_of_R(double confidence, double lower, double upper)
    {
        Difference found = HodgesLehmann.Paired(Differences, confidence);
        Assert.Equal(0.471, found.Value, 1e-14);
        Assert.Equal(lower, found.Lower, 1e-14);
        Assert.Equal(upper, found.Upper, 1e-14);
    }

    // R 4.2.2: wilcox.test(b, a, conf.int = TRUE, conf.level = ...), "exact test".
    [Theory]
    [InlineData(0.90, -0.72, 0.08)]
    [InlineData(0.95, -0.76, 0.15)]
    [InlineData(0.99, -1.01, 0.35)]
    public void Independent_interval_is_the_exact_one_of_R(double confidence, double lower, double upper)
    {
        Difference found = HodgesLehmann.Independent(First, Second, confidence);
        Assert.Equal(-0.305, found.Value, 1e-14);
        Assert.Equal(lower, found.Lower, 1e-14);
        Assert.Equal(upper, found.Upper, 1e-14);
    }

    // R 4.2.2: the same of y[1:49], and of z[1:49] against y[1:49]: the largest for which it is exact.
    [Fact]
    public void Intervals_of_49_values_are_the_exact_ones_of_R()
    {
        Same(HodgesLehmann.Paired(Y[..49]), 0.0673706640237859, -0.0139112983151635, 0.1565589692765114, 1e-14);
        Difference independent = HodgesLehmann.Independent(Y[..49], Z[..49]);
        Same(independent, 0.460924800168593, 0.313486602523129, 0.614987663684811, 1e-14);
    }

    // R 4.2.2, "with continuity correction": its own numbers come from a search that stops within 1e-4.
    [Fact]
    public void Intervals_of_more_values_are_the_normal_ones_of_R()
    {
        Same(HodgesLehmann.Paired(Y), 0.0619241823587711, -0.00797181021543478, 0.12635456377128507, 2e-4);
        Difference independent = HodgesLehmann.Independent(Y, Z);
        Same(independent, 0.512626519220559, 0.403380436731111, 0.625055841739742, 2e-4);
    }

    // Written out and sorted: ties, zeros, both signs, one value, and numbers that differ in the last bit.
    [Fact]
    public void Shift_and_ends_are_those_of_all_means_of_two_written_out()
    {
        double[][] samples =
        [
            [0],
            [1, 1, 1, 1, 1, 1, 1],
            [0, 0, 0, 0, 1, -1, 0, 2, 0],
            [-3, -3, -1, -0.0, 0, 0.1, 0.1 + 1e-17, 1e-300, 5],
            [.. Enumerable.Range(0, 60).Select(i => (i * 17 % 5 - 1) / 45.0)],
            Y,
        ];
        foreach (double[] sample in samples)
        {
            double[] means =
            [
                .. (
                    from i in Enumerable.Range(0, sample.Length)
                    from j in Enumerable.Range(i, sample.Length - i)
                    select (sample[i] + sample[j]) / 2
                ).Order(),
            ];
            Difference found = HodgesLehmann.Paired(sample, 0.9);
            Assert.Equal((means[(means.Length - 1) / 2] + means[means.Length / 2]) / 2, found.Value);
            if (!found.HasInterval)
                continue;
            // Mirrored ranks: as many means are below the one as above the other.
            Assert.Contains(
                Enumerable.Range(0, means.Length),
                rank => means[rank] == found.Lower && means[^(rank + 1)] == found.Upper
            );
        }
    }

    [Fact]
    public void Shift_of_independent_samples_is_the_median_of_all_differences_written_out()
    {
        double[] a = [0, 0, 1, 1, 1, 2, 3];
        double[] b = [1, 1, 1, 2, 2, 4, 4, 9];
        double[] all = [.. (from x in a from y in b select y - x).Order()];
        Difference found = HodgesLehmann.Independent(a, b);
        Assert.Equal((all[27] + all[28]) / 2, found.Value);
        Assert.Contains(found.Lower, all);
        Assert.Contains(found.Upper, all);
    }

    // 2^-n of the signed ranks, 1/(2n choose n) of the rank sum, must not exceed a tail.
    [Fact]
    public void Too_few_values_have_no_interval()
    {
        Assert.False(HodgesLehmann.Paired([1, 2, 3, 4, 5]).HasInterval);
        Assert.True(HodgesLehmann.Paired([1, 2, 3, 4, 5, 6]).HasInterval);
        Assert.False(HodgesLehmann.Independent([1, 2, 3], [4, 5, 6]).HasInterval);
        Assert.True(HodgesLehmann.Independent([1, 2, 3, 4], [5, 6, 7, 8]).HasInterval);
    }

    // With ten fair signs the exact coverage of [x(k), x(m + 1 - k)] is a sum over all of 2^10: differences of +-1, ..., +-10.
    [Fact]
    public void Exact_interval_covers_by_all_signs()
    {
        const int n = 10;
        foreach (double confidence in new[] { 0.90, 0.95, 0.99 })
        {
            int held = Enumerable
                .Range(0, 1 << n)
                .Count(signs =>
                    HodgesLehmann
                        .Paired(
                            [.. Enumerable.Range(0, n).Select(i => (signs >> i & 1) == 1 ? i + 1.0 : -i - 1.0)],
                            confidence
                        )
                        .Holds(0)
                );
            Assert.InRange(held / 1024.0, confidence, 1);
        }
    }

    [Fact]
    public void Values_without_a_shift_are_refused()
    {
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Paired([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Independent([1], [double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HodgesLehmann.Independent([], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => HodgesLehmann.Paired([1, 2], 0));
    }

    private static void Same(Difference found, double value, double lower, double upper, double tolerance)
    {
        Assert.Equal(value, found.Value, tolerance);
        Assert.Equal(lower, found.Lower, tolerance);
        Assert.Equal(upper, found.Upper, tolerance);
    }
}
