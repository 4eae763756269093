namespace YieldLab.Statistics.Estimation;

/// <summary>
/// How many dies make the interval of a yield as narrow as it is wanted, found by a search over the interval itself and not by
/// z^2 p (1 - p)/w^2, which promises too few dies where nearly all pass.
/// </summary>
/// <remarks>The number is for a yield that is assumed, such as the one of the dies so far, which is itself uncertain: ask also at
/// the end of its interval that is nearer to one half. At that yield the promise is kept whichever way the expected number of
/// passing dies is rounded; a sample whose yield comes out nearer to one half has a wider interval. The number is for dies fixed
/// beforehand, as the intervals are; who wants to look and stop uses a <see cref="StopRule"/>.</remarks>
public static class DiesForWidth
{
    /// <summary>No more dies are asked for.</summary>
    public const long Most = 1_000_000_000;

    /// <summary>The number of dies in all; null where it is above <see cref="Most"/>, or where dies without a result alone
    /// leave the yield more open.</summary>
    /// <param name="method">What makes the interval.</param>
    /// <param name="passes">Share of dies that pass, 0 to 1.</param>
    /// <param name="halfWidth">Half of the interval's width, in (0, 1/2): 0.01 for +-1 %.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <param name="unknown">Share of dies without a result: they fail for the lower end and pass for the upper.</param>
    public static long? Of(
        ProportionMethod method,
        double passes,
        double halfWidth,
        double confidence = 0.95,
        double unknown = 0
    )
    {
        Guard.Counts(passes, 1);
        if (!(unknown >= 0 && passes + unknown <= 1 + 1e-12))
            throw new ArgumentOutOfRangeException(nameof(unknown), unknown, "A part of the dies that do not pass.");
        Guard.Share(2 * halfWidth, nameof(halfWidth));
        Guard.Confidence(confidence);
        if (unknown / 2 >= halfWidth)
            return null;
        double Half(double passed, double open, long n) =>
            (
                method.Interval(Math.Min(passed + open, n), n, confidence).Upper
                - method.Interval(passed, n, confidence).Lower
            ) / 2;
        return Smallest.Of(1, Most, n => Half(passes * n, unknown * n, n) <= halfWidth) is { } fewest
            ? Smallest.Of(
                fewest,
                Most,
                n => Rounded(passes * n, unknown * n).All(c => Half(c.Passed, c.Open, n) <= halfWidth)
            )
            : null;
    }

    // Whole numbers on either side of those expected.
    private static IEnumerable<(double Passed, double Open)> Rounded(double passed, double open) =>
        from p in new[] { Math.Floor(passed), Math.Ceiling(passed) }
        from o in new[] { Math.Floor(open), Math.Ceiling(open) }
        select (p, o);
}
