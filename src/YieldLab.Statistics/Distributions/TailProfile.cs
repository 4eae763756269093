namespace YieldLab.Statistics.Distributions;

/// <summary>The likelihood of a tail's quantile when all else is chosen to suit it best.</summary>
internal sealed class TailProfile
{
    // Of the logarithm of a distance, and of the root of a loss.
    private const double Width = 1e-3;

    // Of a log-likelihood: a two-thousandth of the drop of a 90 % interval.
    private const double Enough = 5e-4;

    private readonly Func<Law, double> _logLikelihood;
    private readonly int _exceedances;
    private readonly int _count;
    private readonly double _share;
    private readonly double _best;
    private readonly double _centre;
    private readonly (double Xi, double LogOdds) _start;

    /// <param name="logLikelihood">Of the distances from the threshold.</param>
    /// <param name="fit">The most likely law.</param>
    /// <param name="exceedances">Values beyond the threshold.</param>
    /// <param name="count">All values.</param>
    /// <param name="share">Of all values, beyond the quantile.</param>
    public TailProfile(Func<Law, double> logLikelihood, FittedLaw fit, int exceedances, int count, double share)
    {
        (_logLikelihood, _exceedances, _count, _share) = (logLikelihood, exceedances, count, share);
        double zeta = (double)exceedances / count;
        _start = (fit.Law.Parameters.First, Functions.Log(zeta / (1 - zeta)));
        _best = logLikelihood(fit.Law) + Binomial(zeta);
        _centre = Functions.Log(((ParetoLaw)fit.Law).Exceeded(Functions.Log(zeta / share)));
    }

    /// <summary>The distance from the threshold at which the log-likelihood has dropped by so much.</summary>
    /// <param name="direction">-1 for the lower end, 1 for the upper.</param>
    /// <param name="drop">Half of a quantile of chi-square.</param>
    public double End(int direction, double drop)
    {
        double step = 0.1;
        double inside = _centre;
        var at = _start;
        for (int i = 0; i < 40; i++)
        {
            double outside = inside + direction * step;
            var (lost, there) = Lost(outside, at);
            if (lost > drop)
                return Functions.Exp(Crossing(inside, outside, drop, at));
            (inside, at) = (outside, there);
            step *= 1.6;
        }
        return direction > 0 ? double.PositiveInfinity : 0;
    }

    // The root of the loss is nearly a straight line: by false position, halving the weight of an end that stays.
    private double Crossing(double inside, double outside, double drop, (double, double) at)
    {
        double Excess(double place)
        {
            var (lost, there) = Lost(place, at);
            at = there;
            return Math.Sqrt(Math.Max(0, lost)) - Math.Sqrt(drop);
        }
        double below = Excess(inside);
        double above = Excess(outside);
        for (int i = 0; i < 30 && Math.Abs(outside - inside) > Width; i++)
        {
            double place = inside - below * (outside - inside) / (above - below);
            double found = Excess(place);
            if (Math.Abs(found) < Width)
                return place;
            if (found < 0)
                (inside, below, above) = (place, found, above / 2);
            else
                (outside, above, below) = (place, found, below / 2);
        }
        return (inside + outside) / 2;
    }

    // What the log-likelihood loses where the quantile lies at this logarithm of its distance from the threshold.
    private (double Lost, (double, double) At) Lost(double logDistance, (double Xi, double LogOdds) start)
    {
        double distance = Functions.Exp(logDistance);
        var (x, y, height) = Summit.Simplex(
            (xi, logOdds) => Height(distance, xi, logOdds),
            start.Xi,
            start.LogOdds,
            0.05
        );
        return (_best - height, (x, y));
    }

    private double Height(double distance, double xi, double logOdds)
    {
        double zeta = 1 / (1 + Functions.Exp(-logOdds));
        if (!(zeta > _share && xi >= -1))
            return double.NegativeInfinity;
        double sigma = distance / new ParetoLaw(xi, 1).Exceeded(Functions.Log(zeta / _share));
        return _logLikelihood(new ParetoLaw(xi, sigma)) + Binomial(zeta);
    }

    private double Binomial(double zeta) =>
        _exceedances * Functions.Log(zeta) + (_count - _exceedances) * Functions.Log1p(-zeta);
}
