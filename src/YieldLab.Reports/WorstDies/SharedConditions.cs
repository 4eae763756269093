using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Reports.WorstDies;

/// <summary>What all cells of a die share, temperature and die-level shifts as they are stored, and how usual that is: the
/// squared Mahalanobis distance from the mean of the dies that did not fail.</summary>
/// <param name="Columns">Real columns that are neither metrics nor swept.</param>
/// <param name="Values">Of each column the values of all dies.</param>
/// <param name="Distances">Of each die, squared; infinite for one that failed.</param>
public sealed record SharedConditions(
    IReadOnlyList<Column> Columns,
    IReadOnlyList<double[]> Values,
    IReadOnlyList<double> Distances
)
{
    /// <summary>Reads those of a point.</summary>
    public static SharedConditions Of(StoredPointDies stored)
    {
        IReadOnlyList<Column> columns = ColumnsOf(stored);
        double[][] values = [.. columns.Select(column => stored.Dies.Reals(column.Name))];
        return new(columns, values, DistancesOf(values, stored.Dies.Failed()));
    }

    /// <summary>The columns of a point.</summary>
    public static IReadOnlyList<Column> ColumnsOf(StoredPointDies stored)
    {
        var swept = stored.Point.Swept.Select(value => value.Column.Name).ToHashSet();
        return
        [
            .. stored.Run.Description.Dies.Where(column =>
                column.Type == ColumnType.Real && !column.IsMetric && !swept.Contains(column.Name)
            ),
        ];
    }

    // Of a failed die nobody asks: infinite.
    private static double[] DistancesOf(double[][] values, bool[] failed)
    {
        int[] rows =
        [
            .. Enumerable
                .Range(0, failed.Length)
                .Where(row => !failed[row] && values.All(column => double.IsFinite(column[row]))),
        ];
        double[] squared = MahalanobisDistance.Squared(
            [.. values.Select(column => Array.ConvertAll(rows, row => column[row]))],
            rows.Length
        );
        var distances = new double[failed.Length];
        Array.Fill(distances, double.PositiveInfinity);
        for (int i = 0; i < rows.Length; i++)
            distances[rows[i]] = squared[i];
        return distances;
    }
}
