using MathNet.Numerics;
using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Distributions;

/// <summary>The normal distribution.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation, above 0.</param>
public sealed record NormalLaw(double Mean, double Deviation) : Law
{
    private const double RootHalf = 0.70710678118654752440;

    public override Family Family => Family.Normal;

    public override (string First, string Second) Names => ("mean", "sd");

    public override (double First, double Second) Parameters => (Mean, Deviation);

    public override double LogDensity(double x)
    {
        double z = (x - Mean) / Deviation;
        return -Functions.HalfLogTwoPi - Functions.Log(Deviation) - z * z / 2;
    }

    public override double Below(double x) => Tail((Mean - x) / Deviation);

    public override double Above(double x) => Tail((x - Mean) / Deviation);

    public override double Quantile(double p) => Mean + Deviation * NormalQuantile.At(p);

    /// <summary>Probability of more than z of the standard normal distribution.</summary>
    internal static double Tail(double z) => 0.5 * SpecialFunctions.Erfc(z * RootHalf);
}
