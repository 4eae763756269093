using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// Splits the variance of a quantity that was measured on every die, with every order of the examples, several times
/// with other noise:
/// <code>y[i, j, k] = mean + silicon[i] + order[j] + interaction[i, j] + noise[i, j, k]</code>
/// </summary>
/// <remarks>
/// <para>The method of moments: each mean square of the two-way table of I dies, J orders and K repetitions is set equal to
/// its expectation (S. R. Searle, G. Casella, C. E. McCulloch, Variance Components, Wiley 1992, chapter 4; a gauge R&amp;R
/// study by analysis of variance is the same),
/// <code>
/// E MS(dies)        = noise + K interaction + J K silicon
/// E MS(orders)      = noise + K interaction + I K order
/// E MS(interaction) = noise + K interaction
/// E MS(within)      = noise
/// </code>
/// The estimates are unbiased whatever the distributions. They assume that dies and orders are independent draws and that
/// the noise of every cell is its own; the size of interaction and noise may differ from die to die. With K = 1 there is
/// no mean square within, and what the dies do to the orders and the noise cannot be told apart: that sum is then the
/// interaction.</para>
/// <para>Errors are by the jackknife, once over the dies and once over the orders; the two variances are added, which
/// counts what is of neither alone twice and makes the error a tenth to a third too large (compare A. B. Owen, The pigeonhole
/// bootstrap, Annals of Applied Statistics 1 (2007) 386). No distribution is assumed. Intervals use the logarithm of the
/// mean square over the total variance (J. N. Arvesen, T. H. Schmitz, Biometrics 26 (1970) 677), in which a variance out of
/// few orders is nearly symmetric, with the expectation under absence of the source subtracted afterwards, and Student's t
/// with Satterthwaite's degrees of freedom. The coverage of 95 % intervals, measured on normal effects, is about 90
/// to 100 %.</para>
/// </remarks>
/// <param name="Mean">Mean over the table.</param>
/// <param name="Variance">Sum of the components: the variance of one measurement of a random die in a random order.</param>
/// <param name="Silicon">Between dies.</param>
/// <param name="Order">Between orders, common to all dies.</param>
/// <param name="Interaction">What an order does to one die and not to another.</param>
/// <param name="Noise">Between repetitions; null where there is one only.</param>
public sealed record VarianceComponents(
    double Mean,
    double Variance,
    VarianceShare Silicon,
    VarianceShare Order,
    VarianceShare Interaction,
    VarianceShare? Noise
)
{
    /// <summary>Fewest dies and fewest orders: the jackknife leaves one out, and a variance needs two.</summary>
    public const int Fewest = 3;

    /// <summary>Splits the variance of a table.</summary>
    /// <param name="y">[die, order, repetition], all finite; at least <see cref="Fewest"/> dies and orders and one
    /// repetition.</param>
    /// <param name="confidence">Of the intervals, for example 0.95.</param>
    public static VarianceComponents Of(double[,,] y, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(y.GetLength(0), Fewest, nameof(y));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.GetLength(1), Fewest, nameof(y));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.GetLength(2), 1, nameof(y));
        Guard.Confidence(confidence);
        var table = new CrossedTable(y);
        MeanSquares all = table.All();
        MeanSquares[] dies = [.. Enumerable.Range(0, table.Dies).Select(table.WithoutDie)];
        MeanSquares[] orders = [.. Enumerable.Range(0, table.Orders).Select(table.WithoutOrder)];
        VarianceShare Share(int source) => ShareOf(source, all, dies, orders, confidence);
        return new(table.Mean, all.Total, Share(0), Share(1), Share(2), table.Repetitions == 1 ? null : Share(3));
    }

    private static VarianceShare ShareOf(
        int source,
        MeanSquares all,
        MeanSquares[] dies,
        MeanSquares[] orders,
        double confidence
    )
    {
        double variance = all.Found(source) - all.Expected(source);
        double share = variance / all.Total;
        double error = Math.Sqrt(
            JackknifeVariance(dies, m => m.Share(source)) + JackknifeVariance(orders, m => m.Share(source))
        );
        var (lower, upper) = Interval(source, all, dies, orders, confidence);
        return new(variance, share, error, lower, upper);
    }

    private static (double Lower, double Upper) Interval(
        int source,
        MeanSquares all,
        MeanSquares[] dies,
        MeanSquares[] orders,
        double confidence
    )
    {
        double Part(MeanSquares m) => m.Found(source) / m.Total;
        MeanSquares[] every = [all, .. dies, .. orders];
        // Not a single difference: nothing to be unsure of. One that hangs on a single die or order: nothing is known.
        if (every.All(m => m.Found(source) == 0))
            return (0, 0);
        if (!every.All(m => Part(m) > 0))
            return (0, 1);
        double ofDies = JackknifeVariance(dies, m => Elementary.Log(Part(m)));
        double ofOrders = JackknifeVariance(orders, m => Elementary.Log(Part(m)));
        double both = ofDies + ofOrders;
        double freedom =
            both * both / (ofDies * ofDies / (dies.Length - 1) + ofOrders * ofOrders / (orders.Length - 1));
        double half = both == 0 ? 0 : StudentT.InvCDF(0, 1, freedom, 0.5 + confidence / 2) * Math.Sqrt(both);
        double absent = all.Expected(source) / all.Total;
        return (
            InRange(Part(all) * Elementary.Exp(-half) - absent),
            InRange(Part(all) * Elementary.Exp(half) - absent)
        );
    }

    private static double InRange(double share) => Math.Clamp(share, 0, 1);

    private static double JackknifeVariance(MeanSquares[] without, Func<MeanSquares, double> statistic)
    {
        double[] values = [.. without.Select(statistic)];
        double mean = values.Average();
        return (values.Length - 1.0) / values.Length * values.Sum(value => (value - mean) * (value - mean));
    }
}
