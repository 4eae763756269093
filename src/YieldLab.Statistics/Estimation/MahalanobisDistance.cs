namespace YieldLab.Statistics.Estimation;

/// <summary>How far each of some points lies from their mean, in units of their own scatter (P. C. Mahalanobis, Proceedings
/// of the National Institute of Sciences of India 2 (1936) 49): the square of (x - m)' S^-1 (x - m) with the sample mean m and
/// the sample covariance S.</summary>
/// <remarks>For normal points a smaller distance is a larger density. A column that does not vary, or that the columns
/// before it give, tells nothing and adds nothing. A uniform column adds at most 3.</remarks>
public static class MahalanobisDistance
{
    // Less variance than this share that is left over by other columns is rounding.
    private const double Nothing = 1e-9;

    /// <summary>The squared distance of each point.</summary>
    /// <param name="columns">Coordinates, each of all points, finite.</param>
    /// <param name="count">Points; each column has as many values.</param>
    public static double[] Squared(IReadOnlyList<double[]> columns, int count)
    {
        var distances = new double[count];
        var directions = new List<double[]>();
        foreach (double[] column in columns)
        {
            if (column.Length != count || !column.All(double.IsFinite))
                throw new ArgumentException($"A column has {count} finite values.", nameof(columns));
            if (NewDirection(column, directions) is not { } direction)
                continue;
            directions.Add(direction);
            for (int i = 0; i < count; i++)
                distances[i] += direction[i] * direction[i];
        }
        return distances;
    }

    // Gram and Schmidt: what the directions before leave of a column, with the variance 1. The sum of the squares of all is
    // the form above.
    private static double[]? NewDirection(double[] column, List<double[]> before)
    {
        if (column.Length < 2 || column.All(value => value == column[0]))
            return null;
        double[] rest = Scaled(Centred(column));
        foreach (double[] direction in before)
        {
            double slope = Product(rest, direction);
            for (int i = 0; i < rest.Length; i++)
                rest[i] -= slope * direction[i];
        }
        return Product(rest, rest) > Nothing ? Scaled(rest) : null;
    }

    private static double[] Centred(double[] column)
    {
        double first = column[0];
        double offset = column.Average(value => value - first);
        return Array.ConvertAll(column, value => value - first - offset);
    }

    private static double[] Scaled(double[] centred)
    {
        double deviation = Math.Sqrt(Product(centred, centred));
        return Array.ConvertAll(centred, value => value / deviation);
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum / (a.Length - 1);
    }
}
