namespace YieldLab.Statistics.Distributions;

/// <summary>The distribution of e to the power of a normal value.</summary>
/// <param name="Mu">Mean of the logarithm.</param>
/// <param name="Sigma">Standard deviation of the logarithm, above 0.</param>
public sealed record LognormalLaw(double Mu, double Sigma) : Law
{
    private NormalLaw OfLogarithm => new(Mu, Sigma);

    public override Family Family => Family.Lognormal;

    public override (string First, string Second) Names => ("mu", "sigma");

    public override (double First, double Second) Parameters => (Mu, Sigma);

    public override double LogDensity(double x) =>
        x > 0 ? OfLogarithm.LogDensity(Functions.Log(x)) - Functions.Log(x) : double.NegativeInfinity;

    public override double Below(double x) =>
        x <= 0 ? 0
        : double.IsPositiveInfinity(x) ? 1
        : OfLogarithm.Below(Functions.Log(x));

    public override double Above(double x) =>
        x <= 0 ? 1
        : double.IsPositiveInfinity(x) ? 0
        : OfLogarithm.Above(Functions.Log(x));

    public override double Quantile(double p) => Functions.Exp(OfLogarithm.Quantile(p));
}
