using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.Figures;

/// <summary>What an axis shows of a column: values in a prefixed unit such as mV, so that its numbers are short.</summary>
/// <param name="Factor">Times a value of the column is a number of the axis.</param>
/// <param name="Unit">With its prefix; empty for plain numbers.</param>
internal readonly record struct AxisScale(double Factor, string Unit)
{
    /// <summary>The scale for values up to a size.</summary>
    public static AxisScale Of(string unit, double size)
    {
        var (power, prefix) = FigureText.Prefix(unit, size);
        return new(1 / Math.Pow(10, power), prefix + FigureText.Unit(unit));
    }

    /// <summary>The scale for some values.</summary>
    public static AxisScale Of(Column column, IEnumerable<double> values) =>
        Of(column.Unit, values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max());

    /// <summary>What an axis says of a column: its meaning where there is room, else its name.</summary>
    /// <param name="most">Letters that there is room for.</param>
    public string Label(Column column, int most)
    {
        string unit = Unit.Length == 0 ? "" : $" ({Unit})";
        string meaning = column.Meaning.Split(';')[0];
        return (meaning.Length + unit.Length <= most ? meaning : column.Name) + unit;
    }

    /// <summary>Letters that there is room for below a plot.</summary>
    public const int Across = 72;

    /// <summary>Letters that there is room for beside a plot.</summary>
    public const int Upwards = 44;
}
