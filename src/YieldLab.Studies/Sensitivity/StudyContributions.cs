using YieldLab.Circuits.Cells;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics;
using YieldLab.Statistics.Sensitivity;
using YieldLab.Studies.Runs;

namespace YieldLab.Studies.Sensitivity;

/// <summary>Where the variance of a metric, or the loss of yield, of a stored run comes from.</summary>
/// <param name="Name">The metric; of a loss of yield the specification.</param>
/// <param name="Unit">Of the metric; null of a loss of yield.</param>
/// <param name="Dies">Dies that have it.</param>
/// <param name="Split">Null where all dies, or all but a few next to each other, have the same, or where they are too few.</param>
/// <param name="Leans">Of a loss of yield, for each input which way the failing dies lean; null of a metric.</param>
public sealed record OutputContributions(
    string Name,
    string? Unit,
    int Dies,
    Contributions? Split,
    IReadOnlyList<Lean>? Leans
);

/// <summary>By how much the mean of the failing dies differs from that of all.</summary>
/// <param name="Value">In standard deviations of all dies.</param>
/// <param name="Error">Its standard error if failing had nothing to do with it: that of the mean of so many dies drawn from all
/// without putting back.</param>
public readonly record struct Lean(double Value, double Error);

/// <summary>
/// Where the variance of metrics and the loss of yield of stored dies come from: of what all cells of a die share, its
/// temperature and its shifts, as they are stored; of each kind of cell, all its draws, which are drawn again at their
/// addresses. No die is trained again.
/// </summary>
/// <param name="Inputs">Columns that all cells of a die share and in which the dies differ.</param>
/// <param name="Groups">Groups of draws of the cells.</param>
/// <param name="Draws">Draws that a die has of each group.</param>
/// <param name="Outputs">Metrics, then losses of yield.</param>
public sealed record StudyContributions(
    IReadOnlyList<Column> Inputs,
    IReadOnlyList<DrawGroup> Groups,
    IReadOnlyList<int> Draws,
    IReadOnlyList<OutputContributions> Outputs
)
{
    /// <summary>Splits the variance over the dies of a point.</summary>
    /// <param name="study">The study of the point.</param>
    /// <param name="dies">Its dies.</param>
    /// <param name="metrics">Metrics to split.</param>
    /// <param name="specs">Specifications whose loss of yield is split; with two or more, that of all together too.</param>
    /// <param name="confidence">Of the intervals.</param>
    /// <param name="threads">At least 1; the results do not depend on it.</param>
    /// <exception cref="StudyException">The dies are too few.</exception>
    public static StudyContributions Of(
        PreparedStudy study,
        StoredDies dies,
        IReadOnlyList<Column> metrics,
        IReadOnlyList<Spec> specs,
        double confidence,
        int threads
    )
    {
        var inputs = DieColumns
            .Conditions.Select(column => (Column: column, Values: dies.Reals(column.Name)))
            .Where(input => IsVaried(input.Values))
            .ToArray();
        int[] rows =
        [
            .. Enumerable
                .Range(0, dies.Indices.Length)
                .Where(i => inputs.All(input => double.IsFinite(input.Values[i]))),
        ];
        if (rows.Length < RowBlocks.FewestRows)
            throw new StudyException(
                $"{Counted.Of(rows.Length, "die is", "dies are")} stored; expected at least {RowBlocks.FewestRows} to tell where variance comes from"
            );
        T[] Of<T>(T[] column) => [.. rows.Select(row => column[row])];
        double[][] shared = [.. inputs.Select(input => Of(input.Values))];
        var draws = new StoredDraws(study, Of(dies.Indices));
        Output[] outputs =
        [
            .. metrics.Select(metric => new Output(metric.Name, metric.Unit, Of(dies.Metric(metric)))),
            .. specs.Select(spec => new Output($"{spec}", null, Of(Lost(dies.Truths(spec.Column))))),
            .. specs.Count > 1 ? new[] { new Output("all specs", null, Of(Lost(dies.Truths(DieTable.Pass)))) } : [],
        ];
        Output[] enough = [.. outputs.Where(output => output.Dies >= RowBlocks.FewestRows)];
        var split = Contributions.Of(
            shared,
            draws.Sizes,
            draws.Read,
            [.. enough.Select(output => output.Values)],
            confidence,
            threads
        );
        return new(
            [.. inputs.Select(input => input.Column)],
            draws.Groups,
            draws.Sizes,
            [
                .. outputs.Select(output => new OutputContributions(
                    output.Name,
                    output.Unit,
                    output.Dies,
                    Array.IndexOf(enough, output) is >= 0 and var place ? split[place] : null,
                    output.Unit is null ? [.. shared.Select(input => LeanOf(input, output.Values))] : null
                )),
            ]
        );
    }

    private static double[] Lost(bool[] passed) => Array.ConvertAll(passed, pass => pass ? 0.0 : 1);

    private static bool IsVaried(double[] values) => values.Where(double.IsFinite).Distinct().Take(2).Count() > 1;

    private static Lean LeanOf(double[] input, double[] lost)
    {
        double mean = input.Average();
        double deviation = Math.Sqrt(input.Average(value => (value - mean) * (value - mean)));
        double failing = lost.Sum();
        double ofFailing = input.Zip(lost, (value, fails) => value * fails).Sum() / failing;
        return failing == 0
            ? new(double.NaN, double.NaN)
            : new((ofFailing - mean) / deviation, Math.Sqrt((input.Length - failing) / (failing * (input.Length - 1))));
    }

    private sealed record Output(string Name, string? Unit, double[] Values)
    {
        public int Dies { get; } = Values.Count(value => !double.IsNaN(value));
    }
}
