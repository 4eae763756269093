namespace YieldLab.Statistics.Sensitivity;

/// <summary>Sums of products of the columns of rows (1, terms, value): all that least squares needs of them.</summary>
internal sealed class MomentMatrix(int columns)
{
    // A term that others explain but for this part of its own square is one of them.
    private const double Dependent = 1e-9;

    private readonly double[,] _sums = new double[columns, columns];

    public static MomentMatrix Sum(IReadOnlyList<MomentMatrix> parts)
    {
        var sum = new MomentMatrix(parts[0].Columns);
        foreach (MomentMatrix part in parts)
            sum.AddScaled(part, 1);
        return sum;
    }

    private int Columns => _sums.GetLength(0);

    public void Add(double[] line)
    {
        for (int i = 0; i < line.Length; i++)
        for (int j = 0; j <= i; j++)
            _sums[i, j] += line[i] * line[j];
    }

    /// <summary>The sums without the rows of a part.</summary>
    public MomentMatrix Less(MomentMatrix part)
    {
        var rest = new MomentMatrix(Columns);
        rest.AddScaled(this, 1);
        rest.AddScaled(part, -1);
        return rest;
    }

    /// <summary>R^2 of some columns, the constant first, adjusted for their number.</summary>
    public double AdjustedRSquared(int[] terms)
    {
        var (factor, kept) = Factor([.. terms, Columns - 1]);
        double rows = _sums[0, 0];
        int last = terms.Length;
        double total = At(Columns - 1, Columns - 1) - At(Columns - 1, 0) * At(Columns - 1, 0) / rows;
        double left = factor[last, last];
        int fitted = kept.Count(term => term < last);
        return total > 0 && rows > fitted ? 1 - left / (rows - fitted) / (total / (rows - 1)) : 0;
    }

    /// <summary>Coefficients of some columns, at their places; 0 at all others.</summary>
    public double[] Coefficients(int[] terms)
    {
        var (factor, kept) = Factor([.. terms, Columns - 1]);
        int last = terms.Length;
        var solution = new double[last];
        for (int i = last - 1; i >= 0; i--)
        {
            if (!kept.Contains(i))
                continue;
            double sum = factor[last, i];
            for (int j = i + 1; j < last; j++)
                sum -= factor[j, i] * solution[j];
            solution[i] = sum / factor[i, i];
        }
        var coefficients = new double[Columns];
        for (int i = 0; i < last; i++)
            coefficients[terms[i]] = solution[i];
        return coefficients;
    }

    // Cholesky's factor of the chosen columns, a dependent one left out with zeros; its last diagonal element is not rooted: it is
    // what the columns leave of the value's square.
    private (double[,] Factor, HashSet<int> Kept) Factor(int[] chosen)
    {
        int n = chosen.Length;
        var factor = new double[n, n];
        var kept = new HashSet<int>();
        for (int j = 0; j < n; j++)
        {
            double square = At(chosen[j], chosen[j]);
            double left = square;
            for (int k = 0; k < j; k++)
                left -= factor[j, k] * factor[j, k];
            if (j == n - 1)
            {
                factor[j, j] = Math.Max(0, left);
                break;
            }
            if (!(left > Dependent * square))
                continue;
            kept.Add(j);
            factor[j, j] = Math.Sqrt(left);
            for (int i = j + 1; i < n; i++)
            {
                double sum = At(chosen[i], chosen[j]);
                for (int k = 0; k < j; k++)
                    sum -= factor[i, k] * factor[j, k];
                factor[i, j] = sum / factor[j, j];
            }
        }
        return (factor, kept);
    }

    private double At(int i, int j) => i >= j ? _sums[i, j] : _sums[j, i];

    private void AddScaled(MomentMatrix other, double scale)
    {
        for (int i = 0; i < Columns; i++)
        for (int j = 0; j <= i; j++)
            _sums[i, j] += scale * other._sums[i, j];
    }
}
