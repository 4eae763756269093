using YieldLab.Statistics.Random;

namespace YieldLab.Statistics.Distributions;

/// <summary>Beta values as ratios of gamma values (G. Marsaglia, W. W. Tsang, ACM Trans. Math. Software 26 (2000) 363) from
/// the consecutive indices of one die.</summary>
internal sealed class BetaDraw(AddressedDraws draws, RandomStream stream, long die)
{
    private uint _index;

    public double Next(BetaLaw law)
    {
        double x = LogGamma(law.A);
        double y = LogGamma(law.B);
        // Within (0, 1) also where the logarithms are far apart.
        return Math.Clamp(1 / (1 + Functions.Exp(y - x)), 1e-300, 1 - 1.2e-16);
    }

    // Below 1 by the value of shape + 1 times a power of a uniform one.
    private double LogGamma(double shape) =>
        shape < 1 ? Functions.Log(Gamma(shape + 1)) + Functions.Log(Uniform()) / shape : Functions.Log(Gamma(shape));

    private double Gamma(double shape)
    {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = NormalQuantile.At(Uniform());
            double v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Functions.Log(Uniform()) < x * x / 2 + d - d * v + d * Functions.Log(v))
                return d * v;
        }
    }

    private double Uniform() => draws.Uniform(stream, die, _index++);
}
