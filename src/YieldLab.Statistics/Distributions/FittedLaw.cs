using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Distributions;

/// <summary>A law fitted by maximum likelihood.</summary>
/// <param name="Law">With the most likely parameters.</param>
/// <param name="Covariance">Of the two parameters, the inverse of the observed information; null where the theory or the
/// likelihood gives none.</param>
/// <param name="LogLikelihood">Of values their density, of grouped values the probability of their cells; comparable between
/// families, not between the two.</param>
/// <param name="Count">Number of values.</param>
/// <param name="IsGrouped">Whether the values were taken as cells.</param>
public sealed record FittedLaw(Law Law, Symmetric? Covariance, double LogLikelihood, int Count, bool IsGrouped)
{
    /// <summary>The first parameter with its standard error.</summary>
    public Estimate First => new(Law.Parameters.First, Math.Sqrt(Covariance?.First ?? double.NaN));

    /// <summary>The second parameter with its standard error.</summary>
    public Estimate Second => new(Law.Parameters.Second, Math.Sqrt(Covariance?.Second ?? double.NaN));

    /// <summary>Akaike's criterion, 2 x 2 parameters - 2 ln L: of two families the lower predicts better.</summary>
    public double Aic => 4 - 2 * LogLikelihood;

    /// <summary>Wald's intervals of the parameters: estimate +- z errors, of a parameter above 0 on its logarithm.</summary>
    /// <param name="confidence">Of each alone.</param>
    public (Interval First, Interval Second)? Intervals(double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        double z = Z(confidence);
        bool isFirstPositive = Law.Family is Family.Weibull or Family.Beta;
        return Covariance is null ? null : (isFirstPositive ? Factor(First, z) : Around(First, z), Factor(Second, z));
    }

    /// <summary>The quantile at probability p, by the delta method; of a law of values above 0 on the logarithm.</summary>
    /// <param name="p">Above 0 and below 1.</param>
    /// <param name="confidence">Of the interval.</param>
    public (Estimate Value, Interval? Interval) Quantile(double p, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        Estimate found = Delta(law => law.Quantile(p));
        bool isPositive = Law.Family is Family.Lognormal or Family.Weibull or Family.GeneralizedPareto;
        double z = Z(confidence);
        return (
            found,
            double.IsNaN(found.Error) ? null
            : isPositive ? Factor(found, z)
            : Within(Around(found, z))
        );
    }

    /// <summary>The probability of more than x, by the delta method on its logit.</summary>
    /// <param name="x">A value.</param>
    /// <param name="confidence">Of the interval.</param>
    public (Estimate Value, Interval? Interval) Above(double x, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        Estimate found = Delta(law => law.Above(x));
        double p = found.Value;
        if (!(found.Error > 0 && p > 0 && p < 1))
            return (found, null);
        double factor = Functions.Exp(Z(confidence) * found.Error / (p * (1 - p)));
        double odds = p / (1 - p);
        return (found, new(odds / factor / (1 + odds / factor), odds * factor / (1 + odds * factor)));
    }

    /// <summary>A function of the law with the error that the covariance of the parameters gives it to first order.</summary>
    internal Estimate Delta(Func<Law, double> function)
    {
        double value = function(Law);
        if (Covariance is not { } covariance)
            return new(value, double.NaN);
        var (first, second) = Law.Parameters;
        double stepFirst = 1e-3 * Math.Sqrt(covariance.First);
        double stepSecond = 1e-3 * Math.Sqrt(covariance.Second);
        double At(double a, double b) => function(Law.Of(Law.Family, a, b));
        double alongFirst = (At(first + stepFirst, second) - At(first - stepFirst, second)) / (2 * stepFirst);
        double alongSecond = (At(first, second + stepSecond) - At(first, second - stepSecond)) / (2 * stepSecond);
        return new(value, Math.Sqrt(Math.Max(0, covariance.Along(alongFirst, alongSecond))));
    }

    private Interval Within(Interval range) =>
        Law.Family == Family.Beta ? new(Math.Max(0, range.Lower), Math.Min(1, range.Upper)) : range;

    private static double Z(double confidence) => Normal.InvCDF(0, 1, 0.5 + confidence / 2);

    private static Interval Around(Estimate found, double z) =>
        new(found.Value - z * found.Error, found.Value + z * found.Error);

    private static Interval Factor(Estimate found, double z)
    {
        double factor = Functions.Exp(z * found.Error / found.Value);
        return new(found.Value / factor, found.Value * factor);
    }
}

/// <summary>What came of a fit: a law, or the reason why there is none.</summary>
/// <param name="Family">What was asked for.</param>
/// <param name="Fit">The law, or null.</param>
/// <param name="Reason">One line; null where all went well. With a law: why it has no errors.</param>
public sealed record FitResult(Family Family, FittedLaw? Fit, string? Reason);
