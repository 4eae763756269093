namespace YieldLab.Statistics.Distributions;

/// <summary>The generalised Pareto distribution of exceedances from 0 on: above y with probability
/// (1 + xi y/sigma)^(-1/xi); of xi = 0, exp(-y/sigma). For xi below 0 it ends at -sigma/xi.</summary>
/// <param name="Xi">Shape: above 0 a heavy tail, below 0 one that ends.</param>
/// <param name="Sigma">Scale, above 0, in the unit of the exceedances.</param>
public sealed record ParetoLaw(double Xi, double Sigma) : Law
{
    public override Family Family => Family.GeneralizedPareto;

    public override (string First, string Second) Names => ("xi", "sigma");

    public override (double First, double Second) Parameters => (Xi, Sigma);

    public override double LogDensity(double y) =>
        y < 0 || IsBeyond(y) ? double.NegativeInfinity : -Functions.Log(Sigma) - (1 + Xi) * Hazard(y);

    public override double Below(double y) =>
        y <= 0 ? 0
        : IsBeyond(y) ? 1
        : -Functions.Expm1(-Hazard(y));

    public override double Above(double y) =>
        y <= 0 ? 1
        : IsBeyond(y) ? 0
        : Functions.Exp(-Hazard(y));

    public override double Quantile(double p) => Exceeded(-Functions.Log1p(-p));

    /// <summary>The exceedance that is exceeded with the probability exp(-h).</summary>
    internal double Exceeded(double h) => Xi == 0 ? Sigma * h : Sigma * Functions.Expm1(Xi * h) / Xi;

    private bool IsBeyond(double y) => double.IsPositiveInfinity(y) || 1 + Xi * y / Sigma <= 0;

    private double Hazard(double y) => Xi == 0 ? y / Sigma : Functions.Log1p(Xi * y / Sigma) / Xi;
}
