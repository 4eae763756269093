namespace YieldLab.Statistics.Distributions;

/// <summary>Where functions of one number are zero or largest.</summary>
internal static class Roots
{
    private const double Golden = 0.6180339887498949;

    /// <summary>A zero between two places of different sign, to the last bits.</summary>
    public static double Bisect(Func<double, double> f, double lower, double upper)
    {
        double atLower = f(lower);
        for (int i = 0; i < 200; i++)
        {
            double middle = (lower + upper) / 2;
            if (middle <= Math.Min(lower, upper) || middle >= Math.Max(lower, upper))
                return middle;
            if (f(middle) * atLower > 0)
                lower = middle;
            else
                upper = middle;
        }
        return (lower + upper) / 2;
    }

    /// <summary>The largest value of a function with one hump near a place: steps out, then golden section.</summary>
    /// <returns>Place and value; the value is exact to the square of the width.</returns>
    public static (double Place, double Value) Maximum(Func<double, double> f, double start, double step, double width)
    {
        double at = f(start);
        if (f(start + step) < at)
            step = -step;
        double before = start - step;
        double place = start;
        for (int i = 0; i < 60; i++)
        {
            double next = place + step;
            double value = f(next);
            if (!(value > at))
                return Section(f, before, next, width);
            (before, place, at) = (place, next, value);
            step *= 1.6;
        }
        return (place, at);
    }

    private static (double, double) Section(Func<double, double> f, double a, double b, double width)
    {
        double c = b - Golden * (b - a);
        double d = a + Golden * (b - a);
        double atC = f(c);
        double atD = f(d);
        while (Math.Abs(b - a) > width)
        {
            if (atC >= atD)
            {
                (b, d, atD) = (d, c, atC);
                c = b - Golden * (b - a);
                atC = f(c);
            }
            else
            {
                (a, c, atC) = (c, d, atD);
                d = a + Golden * (b - a);
                atD = f(d);
            }
        }
        return atC >= atD ? (c, atC) : (d, atD);
    }
}
