namespace YieldLab.Statistics.Distributions;

/// <summary>The most likely generalised Pareto law, whatever the likelihood is made of.</summary>
internal static class ParetoSummit
{
    /// <summary>The fit of a log-likelihood of xi and ln(sigma/unit).</summary>
    /// <param name="height">Minus infinity where it is not defined.</param>
    /// <param name="unit">Mean exceedance or the like.</param>
    /// <param name="count">Exceedances.</param>
    /// <param name="offset">What the unit takes from the log-likelihood.</param>
    /// <param name="isGrouped">Whether the exceedances were taken as cells.</param>
    public static FitResult Result(
        Func<double, double, double> height,
        double unit,
        int count,
        double offset,
        bool isGrouped
    )
    {
        Summit summit = Best(height);
        double sigma = unit * Functions.Exp(summit.Y);
        var law = new ParetoLaw(summit.X, sigma);
        var fit = new FittedLaw(law, null, summit.Height - offset, count, isGrouped);
        if (!double.IsFinite(summit.Height) || summit.X < -0.999)
            return new(Family.GeneralizedPareto, null, "the likelihood has no summit with xi above -1");
        if (summit.X <= MaximumLikelihood.LeastRegularXi)
            return new(
                Family.GeneralizedPareto,
                fit,
                "xi is -0.5 or less: likelihood gives no errors there (Smith 1985)"
            );
        return summit.Information is { IsPositive: true } information
            ? new(Family.GeneralizedPareto, fit with { Covariance = information.Inverse().Scaled(1, sigma) }, null)
            : new(Family.GeneralizedPareto, fit, "the likelihood is not finite around its summit: no errors");
    }

    // From a law that is nearly exponential; where that leads nowhere, from lighter and heavier tails of the same mean.
    private static Summit Best(Func<double, double, double> height)
    {
        Summit usual = From(height, 0.1);
        return usual.Information is { IsPositive: true } && usual.X > MaximumLikelihood.LeastRegularXi
            ? usual
            : new[] { usual, From(height, -0.25), From(height, 0.5) }.MaxBy(summit =>
                double.IsNaN(summit.Height) ? double.NegativeInfinity : summit.Height
            );
    }

    private static Summit From(Func<double, double, double> height, double xi) =>
        Summit.Of(height, xi, Functions.Log(xi < 0 ? 1.3 : 1 - xi));
}
