namespace YieldLab.Statistics.Sensitivity;

/// <summary>A part of a variance that is estimated from pairs of rows.</summary>
/// <param name="Pairs">Its mean over all pairs is the part.</param>
/// <param name="Functions">How many uncorrelated functions of unit variance share it.</param>
internal sealed record EnergyTerm(PairSums Pairs, double Functions);

/// <summary>An output that is split: its variance, and the same without each block of rows.</summary>
public sealed class OutputVariance
{
    private readonly RowBlocks _blocks;
    private readonly double _variance;
    private readonly double[] _without;
    private readonly double _left;
    private readonly double _lost;

    /// <param name="blocks">Of the rows.</param>
    /// <param name="values">The output of each row; NaN where a row has none.</param>
    /// <param name="explained">What is known of each value already, as a fit; null where nothing is.</param>
    /// <param name="terms">Terms of that fit beside the constant.</param>
    public OutputVariance(RowBlocks blocks, double[] values, double[]? explained = null, int terms = 0)
    {
        _blocks = blocks;
        RowsOf = new int[blocks.Count];
        for (int row = 0; row < values.Length; row++)
            if (!double.IsNaN(values[row]))
                RowsOf[blocks.Of(row)]++;
        (_variance, _without) = Variances(values);
        double[] left = explained is null ? values : [.. values.Zip(explained, (value, fit) => value - fit)];
        double mean = left.Where(value => !double.IsNaN(value)).Average();
        Centred = [.. left.Select(value => double.IsNaN(value) ? 0 : value - mean)];
        int rows = RowsOf.Sum();
        int free = Math.Max(1, rows - 1 - terms);
        _left = Centred.Sum(value => value * value) / free;
        // A fit to independent terms takes this part of anything with it.
        _lost = (double)rows / free;
    }

    /// <summary>What is not explained of each value, its mean taken off; 0 where a row has no value.</summary>
    public double[] Centred { get; }

    /// <summary>Rows of each block that have a value.</summary>
    internal int[] RowsOf { get; }

    /// <summary>Variance of the values.</summary>
    public double Variance => _variance;

    /// <summary>Sum of terms as a share of the variance.</summary>
    internal Contribution Share(IReadOnlyList<EnergyTerm> terms, double confidence) =>
        _blocks.Contribution(
            Value(terms),
            ErrorVariance(Without(terms), terms.Sum(term => term.Functions)),
            confidence
        );

    /// <summary>The share of terms.</summary>
    internal double Value(IReadOnlyList<EnergyTerm> terms) =>
        _lost * _lost * terms.Sum(term => term.Pairs.Mean) / _variance;

    /// <summary>The share of terms without each block.</summary>
    internal double[] Without(IReadOnlyList<EnergyTerm> terms) =>
        [
            .. _without.Select(
                (variance, block) => _lost * _lost * terms.Sum(term => term.Pairs.Without(block)) / variance
            ),
        ];

    /// <summary>
    /// The variance of a share of some functions of unit variance by the jackknife, set right. Of what scatters even where
    /// there is nothing to find (2 m V^2/n^2 of m functions: the part of second order in Hoeffding's decomposition) the
    /// jackknife counts twice as much (B. Efron, C. Stein, Annals of Statistics 9 (1981) 586).
    /// </summary>
    internal double ErrorVariance(IReadOnlyList<double> without, double functions)
    {
        double left = _left / _variance / RowsOf.Sum();
        double least = 2 * functions * left * left;
        return Math.Max(RowBlocks.Variance(without) - least, least);
    }

    private (double, double[]) Variances(double[] values)
    {
        var sums = new (double Rows, double Sum, double Squares)[_blocks.Count];
        double origin = values.First(value => !double.IsNaN(value));
        for (int row = 0; row < values.Length; row++)
            if (values[row] - origin is var value && !double.IsNaN(value))
            {
                ref var sum = ref sums[_blocks.Of(row)];
                sum = (sum.Rows + 1, sum.Sum + value, sum.Squares + value * value);
            }
        var all = (Rows: sums.Sum(s => s.Rows), Sum: sums.Sum(s => s.Sum), Squares: sums.Sum(s => s.Squares));
        return (
            Of(all.Rows, all.Sum, all.Squares),
            [.. sums.Select(s => Of(all.Rows - s.Rows, all.Sum - s.Sum, all.Squares - s.Squares))]
        );

        static double Of(double rows, double sum, double squares) => (squares - sum * sum / rows) / (rows - 1);
    }
}
