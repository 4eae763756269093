namespace YieldLab.Statistics.Estimation;

/// <summary>
/// Quantiles of the beta distribution, by bisection of the regularized incomplete beta function: relative error below 1e-12
/// for quantiles of 1e-8 as for those of one half (held by tests against R's qbeta). The quantile of MathNet.Numerics stops
/// at an absolute error instead and is not used.
/// </summary>
internal static class BetaQuantile
{
    // Of the quantile, relative: four times what a double resolves.
    private const double Resolution = 1e-15;

    /// <summary>The largest x found with P(X &lt; x) below <paramref name="probability"/>.</summary>
    public static double At(double probability, double a, double b)
    {
        double below = 0;
        double above = 1;
        while (above - below > Resolution * above)
        {
            double middle = (below + above) / 2;
            if (IncompleteBeta.At(a, b, middle) < probability)
                below = middle;
            else
                above = middle;
        }
        return below;
    }
}
