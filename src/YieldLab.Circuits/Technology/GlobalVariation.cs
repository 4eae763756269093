using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Technology;

/// <summary>
/// Correlated normal shifts that all cells of a die share. Where a card separates wafer and lot levels, each die is a
/// random die of a random wafer of a random lot: the levels' shifts add, and dies stay independent of each other.
/// </summary>
public sealed class GlobalVariation
{
    private static readonly int Count = Enum.GetValues<GlobalShift>().Length;
    private static readonly RandomStream DieStream = new("silicon/process/die");
    private static readonly RandomStream WaferStream = new("silicon/process/wafer");
    private static readonly RandomStream LotStream = new("silicon/process/lot");

    private readonly double[,] _factor;
    private readonly (RandomStream Stream, double[] Sigma)[] _levels;

    /// <exception cref="ArgumentException">The correlations contradict each other (their matrix is not positive
    /// definite), or name a pair twice.</exception>
    public GlobalVariation(ProcessCard card)
    {
        _factor = Cholesky(CorrelationMatrix(card.Correlations));
        _levels =
        [
            .. new[] { (DieStream, card.DieToDie), (WaferStream, card.WaferToWafer), (LotStream, card.LotToLot) }
                .Where(level => level.Item2 is not null)
                .Select(level => (level.Item1, Sigmas(level.Item2!))),
        ];
    }

    /// <summary>The shifts of one die, indexed by <see cref="GlobalShift"/>: volts, relative, relative, relative, ln.</summary>
    public double[] Draw(DieDraws draws, long die)
    {
        double[] shifts = new double[Count];
        double[] z = new double[Count];
        foreach (var (stream, sigma) in _levels)
        {
            for (int i = 0; i < Count; i++)
                z[i] = draws.Normal(stream, die, (uint)i);
            for (int i = 0; i < Count; i++)
            {
                double correlated = 0;
                for (int j = 0; j <= i; j++)
                    correlated += _factor[i, j] * z[j];
                shifts[i] += sigma[i] * correlated;
            }
        }
        return shifts;
    }

    /// <summary>The draws of die, wafer and lot of any card.</summary>
    public static IEnumerable<DrawAddress> AllAddresses =>
        from stream in new[] { DieStream, WaferStream, LotStream }
        from source in Enumerable.Range(0, Count)
        select new DrawAddress(stream, (uint)source);

    /// <summary>The draws that move a shift of this card.</summary>
    public IEnumerable<DrawAddress> Addresses =>
        from level in _levels
        from source in Enumerable.Range(0, Count)
        where Enumerable.Range(0, Count).Any(shift => level.Sigma[shift] * _factor[shift, source] != 0)
        select new DrawAddress(level.Stream, (uint)source);

    private static double[] Sigmas(GlobalSpread s) => [s.Threshold, s.Beta, s.Capacitance, s.Bias, s.Leakage];

    private static double[,] CorrelationMatrix(IReadOnlyList<Correlation> correlations)
    {
        var matrix = new double[Count, Count];
        for (int i = 0; i < Count; i++)
            matrix[i, i] = 1;
        foreach (var c in correlations)
        {
            if (c.First == c.Second || matrix[(int)c.First, (int)c.Second] != 0)
                throw new ArgumentException(
                    $"the correlation of {c.First} and {c.Second} is given twice or of one shift with itself"
                );
            matrix[(int)c.First, (int)c.Second] = matrix[(int)c.Second, (int)c.First] = c.Value;
        }
        return matrix;
    }

    // Written out rather than taken from a library so that its bits are the same on every platform.
    private static double[,] Cholesky(double[,] matrix)
    {
        var factor = new double[Count, Count];
        for (int i = 0; i < Count; i++)
        for (int j = 0; j <= i; j++)
        {
            double sum = matrix[i, j];
            for (int k = 0; k < j; k++)
                sum -= factor[i, k] * factor[j, k];
            if (i == j && !(sum > 0))
                throw new ArgumentException(
                    "the correlations contradict each other: their matrix is not positive definite"
                );
            factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
        }
        return factor;
    }
}
