namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// How much of an output's variance is linear in the draws of a group, of which there may be more than rows: the sum of the
/// squares of all coefficients
/// <code>energy = sum over j of (E[z_j y])^2,   estimated by   sum over j, i != k of z_ij y_i z_kj y_k / (n (n - 1))</code>
/// </summary>
/// <remarks>
/// <para>The draws z_j are independent standard normal numbers, so E[z_j y] is the coefficient of z_j in the expansion of y in
/// Hermite polynomials, and the energy is what the linear terms of the group give to the variance: at most its first-order
/// Sobol index. No coefficient is fitted and nothing is assumed of y but a fourth moment; the estimate is a U-statistic and
/// without bias for any number of draws (for linear models L. H. Dicker, Biometrika 101 (2014) 269; with the sample's
/// correlations in the place of known ones it is Haseman and Elston's regression of genetics). The error of a group of m
/// draws that do nothing is sqrt(2 m)/n of the variance: 60 draws of 1,000 dies are seen from about 2 % on.</para>
/// <para>What y owes to other inputs, independent of these, may be taken off before: that changes no energy and makes the error
/// smaller.</para>
/// </remarks>
public sealed class DrawEnergy
{
    private readonly RowBlocks _blocks;
    private readonly double[] _values;
    private readonly double[] _sums;
    private readonly double[] _squares;
    private readonly int _draws;

    /// <param name="blocks">Of the rows.</param>
    /// <param name="values">The output of each row, its mean taken off; 0 where a row has none.</param>
    /// <param name="draws">Draws of the group, m.</param>
    public DrawEnergy(RowBlocks blocks, double[] values, int draws)
    {
        (_blocks, _values, _draws) = (blocks, values, draws);
        _sums = new double[blocks.Count * draws];
        _squares = new double[blocks.Count];
    }

    /// <summary>Takes some of the draws of a row in.</summary>
    /// <param name="row">The row.</param>
    /// <param name="draws">The draws from <paramref name="first"/> on.</param>
    /// <param name="first">Number of the first of them in the group.</param>
    public void Add(int row, ReadOnlySpan<double> draws, int first = 0)
    {
        double value = _values[row];
        int block = _blocks.Of(row);
        Span<double> sums = _sums.AsSpan(block * _draws + first, draws.Length);
        double squares = 0;
        for (int j = 0; j < draws.Length; j++)
        {
            sums[j] += draws[j] * value;
            squares += draws[j] * draws[j];
        }
        _squares[block] += squares * value * value;
    }

    /// <summary>The energy of a matrix of draws.</summary>
    /// <param name="draws">[row][draw], standard normal.</param>
    /// <param name="values">The output of each row.</param>
    /// <param name="confidence">Of the interval, for example 0.95.</param>
    /// <returns>As a share of the output's variance.</returns>
    public static Contribution Of(double[][] draws, double[] values, double confidence = 0.95)
    {
        var blocks = new RowBlocks(values.Length);
        var output = new OutputVariance(blocks, values);
        var energy = new DrawEnergy(blocks, output.Centred, draws[0].Length);
        for (int row = 0; row < draws.Length; row++)
            energy.Add(row, draws[row]);
        return output.Share([energy.Term(output)], confidence);
    }

    /// <summary>What was taken in as a term of a variance.</summary>
    internal EnergyTerm Term(OutputVariance output) => new(Pairs(output.RowsOf), _draws);

    private PairSums Pairs(int[] rows)
    {
        var all = new double[_draws];
        for (int i = 0; i < _sums.Length; i++)
            all[i % _draws] += _sums[i];
        var touching = new double[_blocks.Count];
        var inside = new double[_blocks.Count];
        for (int block = 0; block < _blocks.Count; block++)
        {
            ReadOnlySpan<double> own = _sums.AsSpan(block * _draws, _draws);
            touching[block] = Dot(own, all) - _squares[block];
            inside[block] = Dot(own, own) - _squares[block];
        }
        return new(rows, touching, inside);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
