namespace YieldLab.Statistics.Distributions;

/// <summary>A family of distributions with two parameters.</summary>
public enum Family
{
    /// <summary>mean, sd</summary>
    Normal,

    /// <summary>The logarithm is normal with mean mu and standard deviation sigma.</summary>
    Lognormal,

    /// <summary>From 0 on: shape, scale.</summary>
    Weibull,

    /// <summary>From 0 to 1: a, b.</summary>
    Beta,

    /// <summary>Of exceedances, from 0 on: xi, sigma.</summary>
    GeneralizedPareto,
}

/// <summary>A distribution of one family with given parameters.</summary>
public abstract record Law
{
    public abstract Family Family { get; }

    /// <summary>Names of the two parameters.</summary>
    public abstract (string First, string Second) Names { get; }

    /// <summary>Values of the two parameters.</summary>
    public abstract (double First, double Second) Parameters { get; }

    /// <summary>Logarithm of the density; minus infinity outside of the support.</summary>
    public abstract double LogDensity(double x);

    /// <summary>Probability of at most x.</summary>
    public abstract double Below(double x);

    /// <summary>Probability of more than x, exact where it is small.</summary>
    public abstract double Above(double x);

    /// <summary>The value that is not exceeded with probability p, 0 to 1 exclusive.</summary>
    public abstract double Quantile(double p);

    /// <summary>Probability of values from lower to upper, by the tail in which it loses no digits.</summary>
    public double Between(double lower, double upper)
    {
        double below = Below(lower);
        return Math.Max(0, below > 0.5 ? Above(lower) - Above(upper) : Below(upper) - below);
    }

    /// <summary>A law by its parameters.</summary>
    public static Law Of(Family family, double first, double second) =>
        family switch
        {
            Family.Normal => new NormalLaw(first, second),
            Family.Lognormal => new LognormalLaw(first, second),
            Family.Weibull => new WeibullLaw(first, second),
            Family.Beta => new BetaLaw(first, second),
            _ => new ParetoLaw(first, second),
        };
}
