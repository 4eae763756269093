namespace YieldLab.Reports.Figures;

/// <summary>A range of an axis, never empty.</summary>
internal readonly record struct Span(double From, double To)
{
    public double Width => To - From;

    public bool Holds(double value) => From <= value && value <= To;

    /// <summary>The range of values with room on both sides; of one value around it, of none from 0 to 1.</summary>
    /// <param name="values">Those that are no finite numbers are left out.</param>
    /// <param name="room">On each side, as part of the width.</param>
    public static Span Around(IEnumerable<double> values, double room = 0.04)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values.Where(double.IsFinite))
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (least > most)
            return new(0, 1);
        // Far more than rounding, and in proportion.
        double width = most - least;
        double side = width > 1e-9 * Math.Max(Math.Abs(least), Math.Abs(most)) ? room * width : Lonely(least);
        return new(least - side, most + side);
    }

    /// <summary>The part of it between two ends.</summary>
    public Span Within(double least, double most) => new(Math.Max(From, least), Math.Min(To, most));

    private static double Lonely(double value) => value == 0 ? 0.5 : 0.05 * Math.Abs(value);
}
