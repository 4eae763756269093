namespace YieldLab.Statistics.Estimation;

/// <summary>
/// Values beyond which, or between which, at least a share of all dies lies, with a confidence and without an assumption on the
/// distribution: order statistics (S. S. Wilks, Annals of Mathematical Statistics 12 (1941) 91; ISO 16269-6). "95 % sure
/// that 99 % of dies have an accuracy of x or more."
/// <code>
/// P(at least the share P of dies lies at or above X(r)) >= P(B >= r),   B binomial (n, 1 - P)
/// </code>
/// and the same where m = r + (n + 1 - s) dies are given up at both ends, P(B >= m) for [X(r), X(s)].
/// </summary>
/// <remarks>
/// <para>It speaks of a share of dies, where <see cref="QuantileInterval"/> speaks of one quantile from both sides; the one-sided
/// bound is the one-sided end of that quantile. The confidence is exact for a continuous metric, and that or more where values
/// are tied. It assumes independent dies whose number was fixed beforehand. The opposite question, which share keeps a given
/// limit, is <see cref="ClopperPearsonInterval.LowerBound"/>.</para>
/// <para>Dies without a value have to be given one that counts against them: negative infinity for a lower bound, infinity for
/// an upper one. Between two bounds either serves, the same for all of them.</para>
/// </remarks>
/// <param name="Lower">The share lies at or above; null for an upper bound, and where there are too few dies.</param>
/// <param name="Upper">The share lies at or below; null for a lower bound, and where there are too few dies.</param>
/// <param name="LowerRank">Which die in ascending order the lower bound is, from 1; null for none.</param>
/// <param name="UpperRank">Which die the upper bound is; null for none.</param>
/// <param name="Confidence">Of the bounds, at least what was asked for; null where there are too few dies.</param>
/// <param name="DiesNeeded">The fewest dies of which such a bound exists.</param>
public sealed record ToleranceBound(
    double? Lower,
    double? Upper,
    long? LowerRank,
    long? UpperRank,
    double? Confidence,
    long DiesNeeded
)
{
    // Beyond it a share is as good as 1.
    private const long MostDies = 1L << 50;

    /// <summary>The largest value found at or above which at least the share lies.</summary>
    /// <param name="ascending">At least one value, sorted, no NaN; values may be infinite and tied.</param>
    /// <param name="share">Of all dies, in (0, 1), for example 0.99.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ToleranceBound Above(ReadOnlySpan<double> ascending, double share, double confidence = 0.95)
    {
        long rank = GivenUp(ascending, share, confidence);
        return Of(ascending, rank >= 1 ? rank : null, null, rank, (share, confidence, 1));
    }

    /// <summary>The smallest value found at or below which at least the share lies.</summary>
    /// <param name="ascending">At least one value, sorted, no NaN; values may be infinite and tied.</param>
    /// <param name="share">Of all dies, in (0, 1), for example 0.99.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ToleranceBound Below(ReadOnlySpan<double> ascending, double share, double confidence = 0.95)
    {
        long given = GivenUp(ascending, share, confidence);
        return Of(ascending, null, given >= 1 ? ascending.Length + 1 - given : null, given, (share, confidence, 1));
    }

    /// <summary>Two values between which at least the share lies, as many dies given up at either end; of an odd number the
    /// upper end gives up one more.</summary>
    /// <param name="ascending">At least one value, sorted, no NaN; values may be infinite and tied.</param>
    /// <param name="share">Of all dies, in (0, 1), for example 0.99.</param>
    /// <param name="confidence">For example 0.95.</param>
    public static ToleranceBound Between(ReadOnlySpan<double> ascending, double share, double confidence = 0.95)
    {
        long given = GivenUp(ascending, share, confidence);
        long lower = given / 2;
        long upper = ascending.Length + 1 - (given - lower);
        return given >= 2
            ? Of(ascending, lower, upper, given, (share, confidence, 2))
            : Of(ascending, null, null, 0, (share, confidence, 2));
    }

    /// <summary>The fewest dies of which so many may be given up: 299 for 1, 99 % and 95 %; 473 for 2.</summary>
    /// <param name="givenUp">Dies beyond the bounds, each bound counted as one; at least 1.</param>
    /// <param name="share">Of all dies, in (0, 1).</param>
    /// <param name="confidence">For example 0.95.</param>
    public static long DiesFor(long givenUp, double share, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(givenUp, 1);
        Guard.Share(share, nameof(share));
        Guard.Confidence(confidence);
        return Smallest.Of(givenUp, MostDies, n => BinomialTail.AtLeast(givenUp, n, 1 - share) >= confidence)
            ?? throw new ArgumentOutOfRangeException(nameof(share), share, "No number of dies tells that.");
    }

    private static long GivenUp(ReadOnlySpan<double> ascending, double share, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ascending.Length);
        Guard.Share(share, nameof(share));
        Guard.Confidence(confidence);
        return BinomialTail.Most(ascending.Length, 1 - share, confidence);
    }

    private static ToleranceBound Of(
        ReadOnlySpan<double> ascending,
        long? lower,
        long? upper,
        long givenUp,
        (double Share, double Confidence, long Fewest) asked
    ) =>
        new(
            lower is { } l ? ascending[(int)l - 1] : null,
            upper is { } u ? ascending[(int)u - 1] : null,
            lower,
            upper,
            lower is null && upper is null ? null : BinomialTail.AtLeast(givenUp, ascending.Length, 1 - asked.Share),
            DiesFor(asked.Fewest, asked.Share, asked.Confidence)
        );
}
