namespace YieldLab.Statistics.Distributions;

/// <summary>
/// Laws of a family for values of which only the cell is known, by the likelihood of the cells (C. R. Rao, Linear
/// Statistical Inference, 1973, section 5g; interval-censored data). Errors are from its second derivatives.
/// </summary>
/// <remarks>Cells at an end that no value can pass hold all that the law has beyond it: accuracy 1 stands for half a step
/// below 1 and everything above. Lognormal and Weibull laws have nothing below 0.</remarks>
public static class GroupedFit
{
    /// <summary>Fewest cells with values.</summary>
    public const int FewestCells = 3;

    private const double EulerGamma = 0.57721566490153286;

    /// <summary>Fits a family to cells.</summary>
    public static FitResult Of(Family family, GroupedSample sample)
    {
        if (Refusal(family, sample) is { } reason)
            return new(family, null, reason);
        var (origin, unit) = Frame(family, sample);
        if (family == Family.GeneralizedPareto)
            return ParetoSummit.Result(
                (xi, logSigma) =>
                    xi < -1
                        ? double.NegativeInfinity
                        : sample.LogLikelihood(new ParetoLaw(xi, unit.Second * Functions.Exp(logSigma))),
                unit.Second,
                sample.Count,
                0,
                true
            );
        Law LawAt(double x, double y) => At(family, origin, unit, x, y);
        Summit summit = Summit.Of((x, y) => sample.LogLikelihood(LawAt(x, y)), 0, 0);
        if (summit.Information is not { IsPositive: true } information || !double.IsFinite(summit.Height))
            return new(family, null, "the likelihood has no summit");
        Law law = LawAt(summit.X, summit.Y);
        var (first, second) = law.Parameters;
        double firstUnit = IsPositive(family) ? first : unit.First;
        return new(
            family,
            new(law, information.Inverse().Scaled(firstUnit, second), summit.Height, sample.Count, true),
            null
        );
    }

    private static string? Refusal(Family family, GroupedSample sample)
    {
        if (sample.Count < MaximumLikelihood.Fewest)
            return $"{Counted.Values(sample.Count)}; expected at least {MaximumLikelihood.Fewest}";
        if (sample.Cells.Count < FewestCells)
            return $"{sample.Cells.Count} different values; expected at least {FewestCells}";
        int below = sample.Cells.Where(cell => cell.Upper <= 0).Sum(cell => cell.Count);
        int above = sample.Cells.Where(cell => cell.Lower >= 1).Sum(cell => cell.Count);
        return family switch
        {
            Family.Normal => null,
            Family.Beta => below + above > 0
                ? $"{Counted.Of(below + above, "value lies", "values lie")} outside of 0 to 1"
                : null,
            _ => below > 0 ? $"{Counted.Of(below, "value is", "values are")} 0 or less" : null,
        };
    }

    private static bool IsPositive(Family family) => family is Family.Weibull or Family.Beta;

    // Parameters where the search begins, and what they are measured in: the first as it is or by its logarithm.
    private static ((double First, double Second) Origin, (double First, double Second) Unit) Frame(
        Family family,
        GroupedSample sample
    )
    {
        var (mean, deviation) = sample.MeanAndDeviation(value => value);
        var (logMean, logDeviation) = sample.MeanAndDeviation(value => Functions.Log(Math.Max(value, sample.Step / 4)));
        double sum = Math.Max(mean * (1 - mean) / (deviation * deviation) - 1, 0.1);
        double shape = 1.2825498301618641 / logDeviation;
        (double, double) origin = family switch
        {
            Family.Normal => (mean, deviation),
            Family.Lognormal => (logMean, logDeviation),
            Family.Weibull => (shape, Functions.Exp(logMean + EulerGamma / shape)),
            Family.Beta => (Math.Max(mean, 0.01) * sum, Math.Max(1 - mean, 0.01) * sum),
            _ => (0, mean),
        };
        return (origin, (origin.Item2, origin.Item2));
    }

    private static Law At(
        Family family,
        (double First, double Second) origin,
        (double First, double Second) unit,
        double x,
        double y
    ) =>
        Law.Of(
            family,
            IsPositive(family) ? origin.First * Functions.Exp(x) : origin.First + unit.First * x,
            origin.Second * Functions.Exp(y)
        );
}
