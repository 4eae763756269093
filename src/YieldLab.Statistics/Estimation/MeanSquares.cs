namespace YieldLab.Statistics.Estimation;

/// <summary>Mean squares of a two-way table, and what they say of the four sources: dies, orders, their interaction,
/// repetition.</summary>
internal sealed class MeanSquares
{
    private readonly (double Dies, double Orders, double Interaction, double Within) _squares;
    private readonly (int Dies, int Orders, int Repetitions) _counts;

    public MeanSquares(
        (double Dies, double Orders, double Interaction, double Within) squares,
        (int Dies, int Orders, int Repetitions) counts
    )
    {
        _squares = squares;
        _counts = counts;
        Total = Enumerable.Range(0, 4).Sum(source => Found(source) - Expected(source));
    }

    /// <summary>Sum of the four variances; never negative with two dies and two orders.</summary>
    public double Total { get; }

    /// <summary>The mean square of a source in units of its variance.</summary>
    public double Found(int source) => Square(source) / Weight(source);

    /// <summary>The same if the source were absent, by the next mean square.</summary>
    public double Expected(int source) =>
        source switch
        {
            0 or 1 => _squares.Interaction,
            2 => _squares.Within,
            _ => 0,
        } / Weight(source);

    /// <summary>The variance of a source as a part of the total.</summary>
    public double Share(int source) => (Found(source) - Expected(source)) / Total;

    private double Square(int source) =>
        source switch
        {
            0 => _squares.Dies,
            1 => _squares.Orders,
            2 => _squares.Interaction,
            _ => _squares.Within,
        };

    // How often the variance of a source stands in the expectation of its mean square.
    private double Weight(int source) =>
        source switch
        {
            0 => (double)_counts.Orders * _counts.Repetitions,
            1 => (double)_counts.Dies * _counts.Repetitions,
            2 => _counts.Repetitions,
            _ => 1,
        };
}
