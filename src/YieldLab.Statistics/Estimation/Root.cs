namespace YieldLab.Statistics.Estimation;

/// <summary>Where a rising function is 0.</summary>
internal static class Root
{
    private const int MostSteps = 200;

    /// <summary>By the rule of false position with the Illinois correction (M. Dowell, P. Jarratt, BIT 11 (1971) 168): the
    /// root stays between two points, and the value at one that stays twice is halved.</summary>
    /// <param name="f">At most 0 at the lower point, at least 0 at the upper.</param>
    /// <param name="low">The lower point.</param>
    /// <param name="high">The upper point.</param>
    /// <param name="tolerance">The last step is shorter than this.</param>
    public static double Of(Func<double, double> f, double low, double high, double tolerance)
    {
        var (atLow, atHigh) = (f(low), f(high));
        double last = low;
        for (int i = 0; i < MostSteps; i++)
        {
            double x = atHigh == atLow ? (low + high) / 2 : (low * atHigh - high * atLow) / (atHigh - atLow);
            double at = f(x);
            if (at == 0 || Math.Abs(x - last) <= tolerance || high - low <= tolerance)
                return x;
            bool same = at < 0 == last < x;
            if (at < 0)
                (low, atLow, atHigh) = (x, at, i > 0 && same ? atHigh / 2 : atHigh);
            else
                (high, atHigh, atLow) = (x, at, i > 0 && same ? atLow / 2 : atLow);
            last = x;
        }
        return (low + high) / 2;
    }
}
