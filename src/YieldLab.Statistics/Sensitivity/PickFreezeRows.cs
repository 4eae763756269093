using System.Runtime.Intrinsics;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>The products of <see cref="PickFreezeMoments"/> row by row.</summary>
internal sealed class PickFreezeRows
{
    private readonly Vector512<double>[] _common;
    private readonly Vector512<double>[] _products;

    public PickFreezeRows(double[] a, double[] b, double[] ab, double[] ba)
    {
        _common = new Vector512<double>[a.Length];
        _products = new Vector512<double>[a.Length];
        double mean = (a.Average() + b.Average() + (ab.Average() + ba.Average())) / 4;
        for (int i = 0; i < a.Length; i++)
            (_common[i], _products[i]) = Row(a[i] - mean, b[i] - mean, ab[i] - mean, ba[i] - mean);
        All = Mean(_common, _products);
        double[] changes = [.. a.Zip(ab, Change).Concat(b.Zip(ba, Change)).Where(square => square != 0)];
        Changes = changes.Length;
        SquaredChanges = changes.Sum();

        static double Change(double y, double other) => (y - other) * (y - other);
    }

    /// <summary>How often f differs where all but the group is shared; twice a row at most.</summary>
    public int Changes { get; }

    /// <summary>Sum of the squares of these differences.</summary>
    public double SquaredChanges { get; }

    /// <summary>Over all rows.</summary>
    public PickFreezeMoments All { get; }

    /// <summary>Over some rows, which may repeat.</summary>
    public PickFreezeMoments Over(ReadOnlySpan<int> rows)
    {
        Vector512<double> common = default;
        Vector512<double> products = default;
        foreach (int row in rows)
        {
            common += _common[row];
            products += _products[row];
        }
        return new(common / rows.Length, products / rows.Length);
    }

    /// <summary>What each row adds to an index, to the first order; their mean is 0.</summary>
    /// <param name="ofRest">Of the index of all other groups instead of that of the group.</param>
    public double[] Influence(bool ofRest)
    {
        var all = All;
        double c = all.Control(ofRest);
        double index = all.P(ofRest) / all.Q;
        double control = all.C / all.Q;
        double[] influence = new double[_common.Length];
        for (int i = 0; i < influence.Length; i++)
        {
            double q = _common[i][2];
            double p = _products[i][ofRest ? 3 : 0];
            influence[i] = (p - index * q - c * (_common[i][1] - control * q)) / all.Q;
        }
        return influence;
    }

    // Where two of the four are equal in pairs the products are so to the bit: what has no influence has index 0, what
    // alone has influence has 1.
    private static (Vector512<double> Common, Vector512<double> Products) Row(double x, double y, double x1, double y1)
    {
        double q = (x * x + y * y + (x1 * x1 + y1 * y1)) / 4;
        double c = (x * y + x1 * y1) / 2;
        double group = (x * y1 + y * x1) / 2;
        double rest = (x * x1 + y * y1) / 2;
        return (
            Vector512.Create((x + y + (x1 + y1)) / 4, c, q, c * c, c * q, q * q, 0, 0),
            Vector512.Create(group, group * c, group * q, rest, rest * c, rest * q, 0, 0)
        );
    }

    private static PickFreezeMoments Mean(Vector512<double>[] common, Vector512<double>[] products) =>
        new(
            common.Aggregate(Vector512<double>.Zero, (sum, row) => sum + row) / common.Length,
            products.Aggregate(Vector512<double>.Zero, (sum, row) => sum + row) / products.Length
        );
}
