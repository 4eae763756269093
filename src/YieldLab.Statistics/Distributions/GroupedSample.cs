namespace YieldLab.Statistics.Distributions;

/// <summary>Values of which only the cell is known.</summary>
/// <param name="Lower">Lower end; minus infinity where nothing is below.</param>
/// <param name="Upper">Upper end; infinite where nothing is above.</param>
/// <param name="Count">How many values, at least one.</param>
public readonly record struct Cell(double Lower, double Upper, int Count);

/// <summary>
/// Values of a metric that is a multiple of a step, such as the share of 45 examples: each stands for all that would have
/// been rounded to it. A law of continuous values has a likelihood of such data, the product of the probabilities of the
/// cells, where its density at the values has none that means anything.
/// </summary>
/// <param name="First">Smallest value.</param>
/// <param name="Step">Distance of neighbouring values.</param>
/// <param name="Cells">Ascending, those that have values; the first and the last reach to infinity where they lie at an end
/// that no value can pass.</param>
/// <param name="Count">Number of values.</param>
public sealed record GroupedSample(double First, double Step, IReadOnlyList<Cell> Cells, int Count)
{
    /// <summary>Most steps from the smallest value to the largest: with more, values are as good as continuous.</summary>
    public const int MostSteps = 10_000;

    /// <summary>Share of values that are repeats of others from which on tests for continuous values do not hold.</summary>
    public const double ManyTies = 0.05;

    // Of a step, relative to it: what rounding does to the values.
    private const double Tolerance = 1e-4;

    /// <summary>Share of values that repeat another one: 0 where all differ.</summary>
    public static double Ties(ReadOnlySpan<double> ascending)
    {
        int repeats = 0;
        for (int i = 1; i < ascending.Length; i++)
            if (ascending[i] == ascending[i - 1])
                repeats++;
        return ascending.Length == 0 ? 0 : (double)repeats / ascending.Length;
    }

    /// <summary>Whether so many values are the same that no test for continuous values holds.</summary>
    public static bool HasManyTies(ReadOnlySpan<double> ascending) => Ties(ascending) > ManyTies;

    /// <summary>Values as cells of the widest step that all of them are multiples of; null where there is none.</summary>
    /// <param name="ascending">Sorted, finite.</param>
    /// <param name="least">Smallest value that there can be.</param>
    /// <param name="most">Largest value that there can be.</param>
    public static GroupedSample? Of(
        ReadOnlySpan<double> ascending,
        double least = double.NegativeInfinity,
        double most = double.PositiveInfinity
    )
    {
        var distinct = Distinct(ascending);
        if (distinct.Count is < 2 or > MostSteps + 1 || StepOf(distinct) is not { } step)
            return null;
        Cell CellOf((double Value, int Count) group)
        {
            double lower = group.Value - step / 2;
            double upper = group.Value + step / 2;
            return new(
                lower <= least ? double.NegativeInfinity : lower,
                upper >= most ? double.PositiveInfinity : upper,
                group.Count
            );
        }
        return new(ascending[0], step, [.. distinct.Select(CellOf)], ascending.Length);
    }

    /// <summary>Mean and standard deviation of the values.</summary>
    internal (double Mean, double Deviation) MeanAndDeviation(Func<double, double> of)
    {
        double mean = Cells.Sum(cell => cell.Count * of(Middle(cell))) / Count;
        double square = Cells.Sum(cell => cell.Count * (of(Middle(cell)) - mean) * (of(Middle(cell)) - mean));
        return (mean, Math.Sqrt(square / Count));
    }

    /// <summary>The value of a cell.</summary>
    public double Middle(Cell cell) =>
        double.IsFinite(cell.Lower) ? cell.Lower + Step / 2
        : double.IsFinite(cell.Upper) ? cell.Upper - Step / 2
        : First;

    /// <summary>Logarithm of the probability of the cells.</summary>
    internal double LogLikelihood(Law law)
    {
        double sum = 0;
        foreach (Cell cell in Cells)
            sum += cell.Count * Functions.Log(law.Between(cell.Lower, cell.Upper));
        return sum;
    }

    // Ends after one more than can be multiples of a step.
    private static List<(double Value, int Count)> Distinct(ReadOnlySpan<double> ascending)
    {
        var groups = new List<(double Value, int Count)>();
        foreach (double value in ascending)
            if (groups.Count > 0 && groups[^1].Value == value)
                groups[^1] = (value, groups[^1].Count + 1);
            else if (groups.Count > MostSteps + 1)
                break;
            else
                groups.Add((value, 1));
        return groups;
    }

    // Euclid's algorithm on the gaps, with room for rounding.
    private static double? StepOf(List<(double Value, int Count)> distinct)
    {
        double range = distinct[^1].Value - distinct[0].Value;
        double least = range / MostSteps;
        double step = range;
        for (int i = 1; i < distinct.Count; i++)
        {
            step = CommonDivisor(step, distinct[i].Value - distinct[i - 1].Value, least * 0.01);
            if (step < least)
                return null;
        }
        // The step as exact as the range allows.
        step = range / Math.Round(range / step);
        return distinct.All(group => IsMultiple((group.Value - distinct[0].Value) / step)) ? step : null;
    }

    private static bool IsMultiple(double steps) => Math.Abs(steps - Math.Round(steps)) < Tolerance;

    private static double CommonDivisor(double a, double b, double nothing)
    {
        while (b > nothing)
        {
            double rest = a - b * Math.Floor(a / b);
            (a, b) = (b, Math.Min(rest, b - rest));
        }
        return a;
    }
}
