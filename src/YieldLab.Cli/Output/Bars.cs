namespace YieldLab.Cli.Output;

/// <summary>Draws bars of characters.</summary>
internal sealed class Bars(Glyphs glyphs)
{
    /// <summary>With what the output can show.</summary>
    public static Bars OfOutput { get; } = new(Glyphs.OfOutput);

    /// <summary>Bars that stand, a character each: a blank for nothing.</summary>
    /// <param name="heights">As parts of the highest, 0 to 1.</param>
    public string Standing(IEnumerable<double> heights) =>
        new([
            .. heights.Select(height =>
                height > 0 ? glyphs.Levels[(int)Math.Ceiling(height * glyphs.Levels.Length) - 1] : ' '
            ),
        ]);

    /// <summary>A bar that lies, and where there is one a mark.</summary>
    /// <param name="length">As a part of the width, 0 to 1.</param>
    /// <param name="mark">Likewise; null for none.</param>
    /// <param name="width">In characters, without the mark at its end.</param>
    public string Lying(double length, double? mark, int width)
    {
        var line = new string(glyphs.Block, Place(length, width)).PadRight(width + 1).ToCharArray();
        if (mark is { } place)
            line[Place(place, width)] = Glyphs.Mark;
        return new string(line).TrimEnd();
    }

    /// <summary>A bar up to the lower end of an interval, the interval as a shade, and a mark at the estimate.</summary>
    /// <param name="lower">Ends and estimate as parts of the width; what is beyond is drawn at its edge.</param>
    /// <param name="value">The estimate.</param>
    /// <param name="upper">The other end.</param>
    /// <param name="width">In characters, with the mark.</param>
    public string Interval(double lower, double value, double upper, int width)
    {
        int from = Place(lower, width - 1);
        int to = Place(upper, width - 1);
        var line = new string(glyphs.Block, from).PadRight(to + 1, glyphs.Shade).ToCharArray();
        line[Math.Clamp(Place(value, width - 1), from, to)] = Glyphs.Mark;
        return new(line);
    }

    private static int Place(double share, int width) => (int)Math.Round(Math.Clamp(share, 0, 1) * width);
}
