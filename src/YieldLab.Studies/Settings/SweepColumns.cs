using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>Names the columns of swept keys.</summary>
internal static class SweepColumns
{
    private static readonly string[] OfTheEngine = [DieTable.Die, DieTable.Status, DieTable.Failure, DieTable.Pass];

    /// <summary>The keys with their columns: the key with _ for its points, and sweep_ before it where a table of the
    /// study has a column of that name.</summary>
    public static SweptKey[] Of(IReadOnlyList<SweepAxis> axes, Study study)
    {
        HashSet<string> taken =
        [
            .. OfTheEngine,
            .. DieColumns.Of(study).Select(column => column.Name),
            .. study.Specs.Select(spec => spec.Column),
            DieColumns.Epoch,
            .. DieColumns.PerEpoch(study.Task).Select(column => column.Name),
        ];
        return [.. axes.Select(Key)];

        SweptKey Key(SweepAxis axis)
        {
            string column = axis.Entry.Key.Replace('.', '_');
            while (!taken.Add(column))
                column = $"sweep_{column}";
            SweptType type = axis.Type;
            return new(axis.Entry.Key, column, type.IsNumber, type.Unit, Keys.Meaning(type.Property));
        }
    }
}
