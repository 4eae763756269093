using Xunit;
using YieldLab.Statistics.Comparison;

namespace YieldLab.Tests.Statistics;

public class IndependentProportionsTests
{
    // R 4.2.2: fisher.test(matrix(c(a, n - a, b, m - b), 2))$p.value. Binomial coefficients through logarithms of up to
    // 1e5 with 16 digits leave about 1e-11.
    [Theory]
    [InlineData(904, 1000, 750, 800, 0.0115387190323244)]
    [InlineData(1, 10, 9, 10, 0.00109333391067137)]
    [InlineData(0, 5, 5, 5, 0.00793650793650794)]
    [InlineData(3, 30, 3, 30, 1)]
    [InlineData(9300, 10000, 9210, 10000, 0.0165200954598129)]
    public void Test_is_that_of_R(long a, long n, long b, long m, double p) =>
        Assert.Equal(1, new IndependentProportions(a, n, b, m).ExactP / p, 1e-9);

    // SciPy 1.10, as for pairs.
    [Fact]
    public void Interval_is_that_of_the_formula_in_SciPy()
    {
        Difference found = new IndependentProportions(904, 1000, 750, 800).Difference();
        Assert.Equal(0.0335, found.Value, 1e-15);
        Assert.Equal(0.007583683956640955, found.Lower, 1e-12);
        Assert.Equal(0.05893649356209653, found.Upper, 1e-12);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10, 100)]
    [InlineData(30, 30)]
    [InlineData(100, 300)]
    public void Interval_covers_by_exact_sums_over_the_binomials(int first, int second)
    {
        double[] yields = [0, 0.001, 0.01, 0.05, 0.2, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 1];
        foreach (double confidence in new[] { 0.90, 0.95, 0.99 })
        foreach (double a in yields)
        foreach (double b in yields)
        {
            double coverage = DifferenceCoverage.Independent((first, a), (second, b), confidence);
            // What the documentation says: below nominal only where the yields are at opposite ends, and of few dies.
            double least = Math.Abs(a - b) > 0.8 ? confidence - 0.03 : confidence - 0.008;
            Assert.True(coverage >= least, $"{first} and {second} dies, {a} and {b}, {confidence}: {coverage:0.0000}");
        }
    }
}
