using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace YieldLab.Statistics.Distributions;

/// <summary>The beta distribution on (0, 1): density proportional to x^(a - 1) (1 - x)^(b - 1).</summary>
/// <param name="A">Above 0.</param>
/// <param name="B">Above 0.</param>
public sealed record BetaLaw(double A, double B) : Law
{
    public override Family Family => Family.Beta;

    public override (string First, string Second) Names => ("a", "b");

    public override (double First, double Second) Parameters => (A, B);

    public override double LogDensity(double x) =>
        x is > 0 and < 1
            ? (A - 1) * Functions.Log(x) + (B - 1) * Functions.Log1p(-x) - LogBeta(A, B)
            : double.NegativeInfinity;

    public override double Below(double x) =>
        x <= 0 ? 0
        : x >= 1 ? 1
        : SpecialFunctions.BetaRegularized(A, B, x);

    public override double Above(double x) =>
        x <= 0 ? 1
        : x >= 1 ? 0
        : SpecialFunctions.BetaRegularized(B, A, 1 - x);

    public override double Quantile(double p) => Beta.InvCDF(A, B, p);

    internal static double LogBeta(double a, double b) =>
        SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
}
