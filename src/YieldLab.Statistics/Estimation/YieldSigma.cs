using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// A yield as a number of standard deviations of a normal metric, with the ends of its interval mapped alike. It is another
/// scale for the same number and assumes nothing of the metric itself. No shift of 1.5 sigma is added, as some tables of
/// "six sigma" do.
/// </summary>
/// <param name="Value">Of the yield; infinite where every die or no die passes.</param>
/// <param name="Lower">Of the interval's lower end; negative infinity (two-sided: 0) where that is 0.</param>
/// <param name="Upper">Of the interval's upper end; infinity where that is 1.</param>
public readonly record struct YieldSigma(double Value, double Lower, double Upper)
{
    /// <summary>With one limit: how far it lies from the mean, Phi^-1(yield). 84.1 % is 1, 99.865 % is 3, 50 % is 0.</summary>
    /// <param name="yield">0 to 1.</param>
    /// <param name="interval">Of the yield.</param>
    public static YieldSigma OneSided(double yield, ProportionInterval interval) => Map(yield, interval, One);

    /// <summary>With two limits about the mean at equal distance: that distance, Phi^-1((1 + yield)/2). 68.3 % is 1, 99.73 % is
    /// 3, 0 % is 0.</summary>
    /// <param name="yield">0 to 1.</param>
    /// <param name="interval">Of the yield.</param>
    public static YieldSigma TwoSided(double yield, ProportionInterval interval) => Map(yield, interval, Two);

    private static YieldSigma Map(double yield, ProportionInterval interval, Func<double, double> sigma)
    {
        if (!(yield >= 0 && yield <= 1))
            throw new ArgumentOutOfRangeException(nameof(yield), yield, "A yield lies from 0 to 1.");
        return new(sigma(yield), sigma(interval.Lower), sigma(interval.Upper));
    }

    private static double One(double yield) =>
        yield <= 0 ? double.NegativeInfinity
        : yield >= 1 ? double.PositiveInfinity
        : NormalQuantile.At(yield);

    // Of the dies that fail, half do on either side: their number keeps the digits that 1 + yield would lose.
    private static double Two(double yield) =>
        yield <= 0 ? 0
        : yield >= 1 ? double.PositiveInfinity
        : -NormalQuantile.At((1 - yield) / 2);
}
