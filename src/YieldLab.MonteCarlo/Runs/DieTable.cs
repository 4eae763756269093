namespace YieldLab.MonteCarlo.Runs;

/// <summary>The table of dies: the engine's own columns around those of the model.</summary>
public static class DieTable
{
    public const string Die = "die";
    public const string Status = "status";
    public const string Failure = "failure";
    public const string Pass = "pass";

    public const string Ok = "ok";
    public const string Failed = "failed";

    /// <summary>All columns for a model and its specifications.</summary>
    /// <param name="swept">Columns of what is swept.</param>
    public static IReadOnlyList<Column> Columns(
        IDieModel model,
        IReadOnlyList<Spec> specs,
        params IReadOnlyList<Column> swept
    ) =>
        [
            new(Die, ColumnType.Integer, "1", "Index of the die; with the study's seed it fixes every draw"),
            .. swept,
            new(
                Status,
                ColumnType.Text,
                "1",
                "ok, or failed where the die has no result; a failed die passes no specification"
            ),
            new(Failure, ColumnType.Text, "1", "Why the die failed; null for a die that is ok"),
            .. model.DieColumns,
            .. specs.Select(spec => new Column(spec.Column, ColumnType.Truth, "1", $"Whether the die meets {spec}")),
            new(Pass, ColumnType.Truth, "1", "Whether the die is ok and meets all specifications"),
        ];

    /// <summary>Fills the engine's columns of rows that a worker has filled.</summary>
    public static void Judge(RowBlock dies, IReadOnlyList<Spec> specs, int firstRow, int count)
    {
        string?[] failures = dies.Texts(Failure);
        string?[] status = dies.Texts(Status);
        bool[] pass = dies.Truths(Pass);
        for (int row = firstRow; row < firstRow + count; row++)
        {
            bool ok = failures[row] is null;
            status[row] = ok ? Ok : Failed;
            pass[row] = ok;
        }
        foreach (Spec spec in specs)
        {
            double[] metric = dies.Reals(spec.Metric);
            bool nullIsNever = dies.Columns.Single(column => column.Name == spec.Metric).NullIsNever;
            bool[] meets = dies.Truths(spec.Column);
            for (int row = firstRow; row < firstRow + count; row++)
            {
                double value = nullIsNever && double.IsNaN(metric[row]) ? double.PositiveInfinity : metric[row];
                meets[row] = failures[row] is null && spec.IsMetBy(value);
                pass[row] &= meets[row];
            }
        }
    }
}
