using ScottPlot;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Reports.Figures;

/// <summary>An axis of swept values: numbers where they lie, numbers of several decades at the same distance for each, texts
/// such as corners side by side.</summary>
internal sealed class SweptAxis
{
    // From this ratio of the largest to the smallest on, values are drawn by their logarithms.
    private const double ManyDecades = 50;

    // Width of a plot at the least, and what texts stand apart.
    private const double PlotWidth = 520;
    private const double Apart = 10;

    private readonly Column _column;
    private readonly AxisScale _scale;
    private readonly bool _isText;
    private readonly bool _isLogarithmic;
    private readonly string[] _texts;

    /// <param name="column">What is swept.</param>
    /// <param name="values">A double or a string each, different ones.</param>
    public SweptAxis(Column column, IReadOnlyList<object> values)
    {
        _column = column;
        _isText = values.Any(value => value is not double number || !double.IsFinite(number));
        double[] numbers = _isText ? [] : [.. values.Cast<double>()];
        _scale = AxisScale.Of(column, numbers);
        _isLogarithmic = numbers.Length > 2 && numbers.Min() > 0 && numbers.Max() / numbers.Min() > ManyDecades;
        Order = _isText
            ? [.. Enumerable.Range(0, values.Count)]
            : [.. Enumerable.Range(0, values.Count).OrderBy(i => numbers[i])];
        _texts = [.. Order.Select(i => Text(column, values[i]))];
        Places = [.. Order.Select((from, i) => _isText ? i : PlaceOf(numbers[from]))];
    }

    /// <summary>Which value comes first, second and so on: numbers ascending, texts as they were given.</summary>
    public int[] Order { get; }

    /// <summary>Where these stand.</summary>
    public double[] Places { get; }

    /// <summary>A value in words.</summary>
    public static string Text(Column column, object value) =>
        value is double number ? FigureText.Quantity(number, column.Unit) : $"{value}";

    public void Show(Plot plot)
    {
        Span range = _isText ? new(-0.5, Math.Max(0.5, Places.Length - 0.5)) : Span.Around(Places);
        string unit = _isText || _isLogarithmic ? "" : _scale.Unit;
        plot.XAxis(range, new AxisScale(1, unit).Label(_column, AxisScale.Across));
        if (_isText || _isLogarithmic)
            plot.Axes.Bottom.Labels(Sparse(range));
    }

    /// <summary>Where a number stands.</summary>
    public double PlaceOf(double value) => _isLogarithmic ? Math.Log10(value) : _scale.Factor * value;

    // Those that do not run into the one before.
    private IEnumerable<(double Place, string Text)> Sparse(Span range)
    {
        double free = double.NegativeInfinity;
        for (int i = 0; i < Places.Length; i++)
        {
            double middle = PlotWidth * (Places[i] - range.From) / range.Width;
            double half = FigureFont.Width(_texts[i], FigureStyle.FontSize) / 2;
            if (middle - half < free)
                continue;
            free = middle + half + Apart;
            yield return (Places[i], _texts[i]);
        }
    }
}
