using MathNet.Numerics;
using MathNet.Numerics.Integration;
using YieldLab.Statistics.Numerics;
using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Estimation;

/// <summary>
/// The noncentral t distribution: T = (Z + delta)/W with Z standard normal and W the root of chi^2/nu, so that
/// <code>P(T &lt;= t) = integral over w of Phi(t w - delta) f(w),   f(w) ~ w^(nu - 1) exp(-nu w^2/2)</code>
/// by Gauss-Legendre rules of 16 points over panels that resolve both factors. Absolute error below 1e-10 for 2 to 1e6 degrees
/// of freedom and any delta (held by tests); the series of R. V. Lenth (AS 243, 1989), which R uses, stops at |delta| = 37.62,
/// and 1,000 dies with Cpk = 1 have 95.
/// </summary>
public static class NoncentralT
{
    // In standard deviations of W and of Z: outside, less than 1e-17 is left.
    private const double Reach = 12;
    private const double NormalReach = 9;

    // Over 4 standard deviations of a normal density 16 points leave 4e-18.
    private const double Panel = 4;

    private static readonly GaussLegendreRule Rule = new(0, 1, 16);

    /// <summary>P(T &lt;= t).</summary>
    /// <param name="t">Any number.</param>
    /// <param name="freedom">At least 2.</param>
    /// <param name="delta">Noncentrality, any number.</param>
    public static double Cdf(double t, double freedom, double delta)
    {
        double mode = Math.Sqrt((freedom - 1) / freedom);
        double scale = 1 / Math.Sqrt(2 * freedom);
        double low = Math.Max(0, mode - Reach * scale);
        double high = mode + Reach * scale;
        double Cut(double z) => t == 0 ? high : Math.Clamp((delta + z) / t, low, high);
        double first = Math.Min(Cut(-NormalReach), Cut(NormalReach));
        double second = Math.Max(Cut(-NormalReach), Cut(NormalReach));
        var sum = default(Parts);
        sum += Integrate(low, first, Panel * scale);
        sum += Integrate(first, second, Math.Min(Panel * scale, Panel / Math.Abs(t)));
        sum += Integrate(second, high, Panel * scale);
        // The density needs no constant: its own integral over the same points is the divisor.
        return sum.Below / sum.All;

        Parts Integrate(double from, double to, double widest)
        {
            int panels = (int)Math.Ceiling((to - from) / widest);
            double width = (to - from) / panels;
            var parts = default(Parts);
            for (int panel = 0; panel < panels; panel++)
            for (int i = 0; i < Rule.Order; i++)
            {
                double w = from + (panel + Rule.GetAbscissa(i)) * width;
                double weight = Rule.GetWeight(i) * width * Density(w / mode - 1, freedom);
                parts += new Parts(weight * NormalBelow(t * w - delta), weight);
            }
            return parts;
        }
    }

    /// <summary>The delta with P(T &lt;= t) = <paramref name="probability"/>, which falls as delta rises.</summary>
    public static double Delta(double t, double freedom, double probability)
    {
        double spread = Math.Sqrt(1 + t * t / (2 * freedom));
        double guess = t - NormalQuantile.At(probability) * spread;
        double Excess(double delta) => probability - Cdf(t, freedom, delta);
        double step = spread / 2;
        double low = guess - step;
        while (Excess(low) > 0)
            low -= step *= 2;
        step = spread / 2;
        double high = guess + step;
        while (Excess(high) < 0)
            high += step *= 2;
        return Root.Of(Excess, low, high, 1e-12 * spread);
    }

    // (1 + u)^(nu - 1) exp(-(nu - 1)(u + u^2/2)), u from the mode: at most 1.
    private static double Density(double u, double freedom) =>
        Elementary.Exp((freedom - 1) * (Elementary.Log(1 + u) - u - u * u / 2));

    private static double NormalBelow(double z) => 0.5 * SpecialFunctions.Erfc(-z * 0.70710678118654752);

    private readonly record struct Parts(double Below, double All)
    {
        public static Parts operator +(Parts a, Parts b) => new(a.Below + b.Below, a.All + b.All);
    }
}
