using Xunit;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Tests.Statistics;

public class NoncentralTTests
{
    // R: pt(t, nu, delta), for which R promises 1e-12 before |delta| = 37.62 and reached 3e-10 at the first row (its own
    // quadrature below gives 0.66653570268727).
    [Theory]
    [InlineData(1, 5, 0.5, 0.666535702686992)]
    [InlineData(12, 20, 10, 0.805534298577022)]
    [InlineData(30, 99, 28, 0.792411800567774)]
    [InlineData(-2, 9, -1, 0.195855981744489)]
    [InlineData(3, 2, 4, 0.21121489158423)]
    [InlineData(35, 1000, 37, 0.0569784275769365)]
    public void Distribution_is_that_of_R(double t, double freedom, double delta, double probability) =>
        Assert.Equal(probability, NoncentralT.Cdf(t, freedom, delta), 1e-9);

    // Beyond R's series, by R's adaptive quadrature: g = function(w) pnorm(t*w - d)*exp(log(2) + nu/2*log(nu/2) -
    // lgamma(nu/2) + (nu-1)*log(w) - nu*w^2/2), integrate(g, rel.tol = 1e-12) over 48 pieces of the mode +- 12/sqrt(2 nu).
    // lgamma(nu/2) of 10,000 degrees of freedom is 4e4: its last digit is 1e-11 of the sum.
    [Theory]
    [InlineData(95, 999, 94, 0.66032824908407)]
    [InlineData(400, 9999, 398, 0.7462560546816)]
    [InlineData(405, 9999, 398, 0.98951618141914)]
    [InlineData(3000, 9999, 2990, 0.67953899994299)]
    [InlineData(1, 5, 0.5, 0.66653570268727)]
    [InlineData(12, 2, 10, 0.50065994146212)]
    public void Distribution_is_that_of_a_quadrature(double t, double freedom, double delta, double probability) =>
        Assert.Equal(probability, NoncentralT.Cdf(t, freedom, delta), 1e-10);

    // Without noncentrality it is Student's, and at t = 0 it is normal; MathNet's distributions are of another making.
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(1e4)]
    [InlineData(1e6)]
    public void Distribution_is_Students_without_noncentrality_and_normal_at_zero(double freedom)
    {
        foreach (double x in new[] { -3, -0.5, 0, 0.1, 2.5 })
        {
            Assert.Equal(
                MathNet.Numerics.Distributions.StudentT.CDF(0, 1, freedom, x),
                NoncentralT.Cdf(x, freedom, 0),
                1e-10
            );
            Assert.Equal(MathNet.Numerics.Distributions.Normal.CDF(0, 1, -x), NoncentralT.Cdf(0, freedom, x), 1e-13);
        }
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(-4, 9)]
    [InlineData(126, 999)]
    [InlineData(4e6, 9999)]
    public void Noncentrality_gives_back_the_probability(double t, double freedom)
    {
        foreach (double probability in new[] { 0.0005, 0.025, 0.5, 0.995 })
            Assert.Equal(probability, NoncentralT.Cdf(t, freedom, NoncentralT.Delta(t, freedom, probability)), 1e-9);
    }
}
