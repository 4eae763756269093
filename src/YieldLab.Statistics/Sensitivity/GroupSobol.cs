using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// Sobol' indices of groups of inputs by pick-freeze: which part of the variance of f each group explains alone (first
/// order) and together with others (total).
/// </summary>
/// <remarks>
/// <para>A row is two independent draws A and B of all inputs; for each group, f is also computed of A with the group taken
/// from B and of B with the group taken from A: 2 G + 2 computations a row. The groups are independent of each other;
/// inside a group anything may depend on anything. Rows are independent.</para>
/// <para>Both indices are correlations: the first-order index that of f at two inputs which share the group alone, 1 less
/// the total index that of f at two which share all else (A. Janon et al., ESAIM: Probability and Statistics 18 (2014) 342,
/// equation 6; for the total M. J. W. Jansen, Computer Physics Communications 117 (1999) 35, is the same in another form).
/// Each has two such pairs in a row, (A, B') and (B, A') or (A, A') and (B, B'). From their mean product c times that of
/// the pairs that share nothing, (A, B) and (A', B'), is subtracted, whose expectation is 0: a control variate. c = 0 is
/// the estimator of Janon, best for large indices; c = 1 is the mean of the products of differences
/// (f(A) - f(A'))(f(B') - f(B))/2 (A. B. Owen, ACM Transactions on Modeling and Computer Simulation 23 (2013) 11; G. Lamboni),
/// best for small ones; the c of least variance is fitted to the rows. That moves the estimate by the order of 1/n.</para>
/// <para>What has no influence has indices of exactly 0; what alone has influence, of exactly 1.</para>
/// <para>Errors are by a bootstrap of whole rows, with c fitted anew; intervals by its percentiles, widened as
/// <c>IndexInterval</c> says. Not a screening, and no second-order indices.</para>
/// </remarks>
/// <param name="Rows">Number of rows n.</param>
/// <param name="Mean">Mean of f over A and B.</param>
/// <param name="Variance">Variance of f over A and B.</param>
/// <param name="Groups">In the order that they were given in.</param>
/// <param name="Additive">Sum of the first-order indices: 1 where the groups' effects add. What is left of 1 is interaction
/// of groups.</param>
public sealed record GroupSobol(
    int Rows,
    double Mean,
    double Variance,
    IReadOnlyList<GroupIndices> Groups,
    SensitivityIndex Additive
)
{
    /// <summary>Fewest rows of which an error can be told.</summary>
    public const int Fewest = 16;

    /// <summary>Replicates of the bootstrap.</summary>
    public const int Replicates = 1000;

    /// <summary>Estimates the indices; null where f(A) and f(B) are all the same number, which has no variance to split.</summary>
    /// <param name="a">f(A), at least <see cref="Fewest"/> rows, all finite.</param>
    /// <param name="b">f(B).</param>
    /// <param name="ab">For each group, f(A with the group from B).</param>
    /// <param name="ba">For each group, f(B with the group from A).</param>
    /// <param name="confidence">Of the intervals, for example 0.95.</param>
    public static GroupSobol? Of(
        double[] a,
        double[] b,
        IReadOnlyList<double[]> ab,
        IReadOnlyList<double[]> ba,
        double confidence = 0.95
    )
    {
        Guard.Confidence(confidence);
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, Fewest, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(ab.Count, 1, nameof(ab));
        ArgumentOutOfRangeException.ThrowIfNotEqual(ba.Count, ab.Count, nameof(ba));
        foreach (double[] values in (double[][])[b, .. ab, .. ba])
            ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, a.Length, nameof(values));
        double mean = (a.Average() + b.Average()) / 2;
        double variance = a.Concat(b).Sum(y => (y - mean) * (y - mean)) / (2 * a.Length - 1);
        if (a.Concat(b).All(y => y == a[0]))
            return null;
        PickFreezeRows[] rows = [.. ab.Zip(ba, (x, y) => new PickFreezeRows(a, b, x, y))];
        (double[][] groups, double[][] rests) = Bootstrap(rows, a.Length);
        var sample = new Sample(rows, IsTwoValued([a, b, .. ab, .. ba]), confidence);
        return new(
            a.Length,
            mean,
            variance,
            [.. rows.Select((group, g) => sample.Indices(group, groups[g], rests[g]))],
            sample.Sum(groups)
        );
    }

    private sealed class Sample(PickFreezeRows[] rows, bool twoValued, double confidence)
    {
        // The mean square of a difference that is not 0, over all groups.
        private readonly double _change =
            rows.Sum(group => group.SquaredChanges) / rows.Sum(group => (long)group.Changes);

        public GroupIndices Indices(PickFreezeRows group, double[] ofGroup, double[] ofRest)
        {
            // A row adds half of a square to the total index if f differs in one of its two pairs, and to the first-order
            // index half of the product if it differs in both.
            double change = group.Changes > 0 ? group.SquaredChanges / group.Changes : _change;
            double unseen = change / (4 * group.All.Q);
            SensitivityIndex rest = Interval(unseen).Of(group.All.OfRest, ofRest, group.Influence(ofRest: true));
            return new(
                Interval(2 * unseen).Of(group.All.OfGroup, ofGroup, group.Influence(ofRest: false)),
                rest.Complement()
            );
        }

        public SensitivityIndex Sum(double[][] ofGroups)
        {
            double[] replicates = [.. Enumerable.Range(0, Replicates).Select(r => ofGroups.Sum(group => group[r]))];
            double[][] influences = [.. rows.Select(group => group.Influence(ofRest: false))];
            double[] influence =
            [
                .. Enumerable.Range(0, influences[0].Length).Select(i => influences.Sum(group => group[i])),
            ];
            return Interval(_change / (2 * rows.Average(group => group.All.Q)))
                .Of(rows.Sum(group => group.All.OfGroup), replicates, influence);
        }

        private IndexInterval Interval(double unseen) => new(confidence, unseen, twoValued);
    }

    // Of each group and replicate the index of the group and that of the rest.
    private static (double[][] Groups, double[][] Rests) Bootstrap(PickFreezeRows[] rows, int count)
    {
        double[][] groups = [.. rows.Select(_ => new double[Replicates])];
        double[][] rests = [.. rows.Select(_ => new double[Replicates])];
        var resamples = new RowResamples(count);
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            ReadOnlySpan<int> drawn = resamples.Replicate(replicate);
            for (int g = 0; g < rows.Length; g++)
            {
                PickFreezeMoments moments = rows[g].Over(drawn);
                groups[g][replicate] = moments.OfGroup;
                rests[g][replicate] = moments.OfRest;
            }
        }
        return (groups, rests);
    }

    private static bool IsTwoValued(double[][] all)
    {
        double low = all.Min(values => values.Min());
        double high = all.Max(values => values.Max());
        return all.All(values => values.All(y => y == low || y == high));
    }
}
