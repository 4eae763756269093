namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// A mean over all pairs of different rows, and the same without any block of them: a U-statistic of order two, which is
/// unbiased whatever the distribution (W. Hoeffding, Annals of Mathematical Statistics 19 (1948) 293).
/// </summary>
internal sealed class PairSums
{
    private readonly int[] _rows;

    // Over pairs of two different rows in either order: of which the first is in the block, of which both are.
    private readonly double[] _touching;
    private readonly double[] _inside;
    private readonly double _all;
    private readonly int _total;

    /// <param name="rows">Rows of each block.</param>
    /// <param name="touching">For each block, the sum over pairs whose first row is in it.</param>
    /// <param name="inside">For each block, the sum over pairs of which both rows are in it.</param>
    public PairSums(int[] rows, double[] touching, double[] inside)
    {
        (_rows, _touching, _inside) = (rows, touching, inside);
        (_total, _all) = (rows.Sum(), touching.Sum());
    }

    /// <summary>The mean over all pairs.</summary>
    public double Mean => _all / Pairs(_total);

    /// <summary>The mean over the pairs that have no row in a block.</summary>
    public double Without(int block) => (_all - 2 * _touching[block] + _inside[block]) / Pairs(_total - _rows[block]);

    private static double Pairs(double rows) => rows * (rows - 1);
}
