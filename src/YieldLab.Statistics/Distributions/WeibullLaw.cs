namespace YieldLab.Statistics.Distributions;

/// <summary>The Weibull distribution from 0 on: above x with probability exp(-(x/scale)^shape).</summary>
/// <param name="Shape">Above 0; 1 is the exponential distribution.</param>
/// <param name="Scale">Above 0, in the unit of the values.</param>
public sealed record WeibullLaw(double Shape, double Scale) : Law
{
    public override Family Family => Family.Weibull;

    public override (string First, string Second) Names => ("shape", "scale");

    public override (double First, double Second) Parameters => (Shape, Scale);

    public override double LogDensity(double x) =>
        x > 0
            ? Functions.Log(Shape / Scale) + (Shape - 1) * Functions.Log(x / Scale) - Hazard(x)
            : double.NegativeInfinity;

    public override double Below(double x) => x <= 0 ? 0 : -Functions.Expm1(-Hazard(x));

    public override double Above(double x) => x <= 0 ? 1 : Functions.Exp(-Hazard(x));

    public override double Quantile(double p) => Scale * Functions.Pow(-Functions.Log1p(-p), 1 / Shape);

    // Cumulative; infinity to any power above 0 is infinite.
    private double Hazard(double x) =>
        double.IsPositiveInfinity(x) ? double.PositiveInfinity : Functions.Pow(x / Scale, Shape);
}
