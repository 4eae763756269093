namespace YieldLab.Statistics.Estimation;

/// <summary>The smallest whole number that does.</summary>
internal static class Smallest
{
    /// <summary>By doubling the step and then halving it.</summary>
    /// <param name="from">The first that may.</param>
    /// <param name="most">The last that may.</param>
    /// <param name="does">False for all before and true for all after; where it is not, the number found does and the one
    /// before it does not.</param>
    /// <returns>Null where none does.</returns>
    public static long? Of(long from, long most, Func<long, bool> does)
    {
        if (does(from))
            return from;
        long not = from;
        long step = 1;
        while (!does(Math.Min(not + step, most)))
        {
            if (not + step >= most)
                return null;
            not += step;
            step *= 2;
        }
        long found = Math.Min(not + step, most);
        while (found - not > 1)
        {
            long middle = not + (found - not) / 2;
            if (does(middle))
                found = middle;
            else
                not = middle;
        }
        return found;
    }
}
