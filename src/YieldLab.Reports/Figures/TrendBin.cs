using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.Figures;

/// <summary>Dies with neighbouring values of one column, and what another is among them.</summary>
/// <param name="From">Smallest of the first column.</param>
/// <param name="To">Its largest.</param>
/// <param name="Middle">Its median.</param>
/// <param name="Dies">How many.</param>
/// <param name="Low">5 % quantile of the second column.</param>
/// <param name="Median">Its median.</param>
/// <param name="High">Its 95 % quantile.</param>
internal sealed record TrendBin(double From, double To, double Middle, int Dies, double Low, double Median, double High)
{
    /// <summary>Fewest dies of a bin: fewer have no quantiles to speak of.</summary>
    public const int Fewest = 8;

    private const int Usual = 20;
    private const int MostBins = 24;

    /// <summary>Bins of about as many dies each, dies with the same place together; none where two would not be filled.</summary>
    /// <param name="places">Of the first column, ascending.</param>
    /// <param name="values">Of the second, in the same order.</param>
    public static IReadOnlyList<TrendBin> Of(double[] places, double[] values)
    {
        int size = Math.Max(places.Length < 4 * Usual ? Fewest : Usual, (places.Length + MostBins - 1) / MostBins);
        return [.. Neighbours.Of(places, size, Fewest).Select(bin => Bin(places[bin], values[bin]))];
    }

    private static TrendBin Bin(double[] places, double[] values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return new(
            places[0],
            places[^1],
            Quantile.OfSorted(places, 0.5),
            places.Length,
            Quantile.OfSorted(sorted, 0.05),
            Quantile.OfSorted(sorted, 0.5),
            Quantile.OfSorted(sorted, 0.95)
        );
    }
}
