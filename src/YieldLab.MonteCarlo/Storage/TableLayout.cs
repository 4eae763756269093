using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>The tables of a point, and how they are cut into parts: part p holds dies p D to (p + 1) D - 1.</summary>
/// <param name="Dies">Columns of the table of dies.</param>
/// <param name="Epochs">Columns of the table of epochs; empty where there is none.</param>
/// <param name="EpochsPerDie">Rows of each die in the table of epochs.</param>
/// <param name="DiesPerPart">D.</param>
public sealed record TableLayout(
    IReadOnlyList<Column> Dies,
    IReadOnlyList<Column> Epochs,
    int EpochsPerDie,
    int DiesPerPart
)
{
    /// <summary>Most dies of one part.</summary>
    public const int MostDiesPerPart = 16384;

    // Many epochs make a die's rows many: a part stays small all the same.
    private const int MostEpochRowsPerPart = 1 << 19;

    /// <summary>The tables of a point; they depend on neither the number of dies nor on how the run is divided.</summary>
    public static TableLayout Of(RunPoint point, IReadOnlyList<Spec> specs)
    {
        IDieModel model = point.Model;
        Column[] swept = [.. point.Swept.Select(value => value.Column)];
        int dies =
            model.EpochColumns.Count == 0
                ? MostDiesPerPart
                : Math.Min(MostDiesPerPart, MostEpochRowsPerPart / model.EpochsPerDie);
        return new(
            DieTable.Columns(model, specs, swept),
            model.EpochColumns.Count == 0 ? [] : [model.EpochColumns[0], .. swept, .. model.EpochColumns.Skip(1)],
            model.EpochColumns.Count == 0 ? 0 : model.EpochsPerDie,
            Math.Max(1, dies / model.BatchSize) * model.BatchSize
        );
    }

    /// <summary>Number of the part that holds a die.</summary>
    public long PartOf(long die) => die / DiesPerPart;

    /// <summary>The dies of a part.</summary>
    public DieRange DiesOf(long part) => new(part * DiesPerPart, (part + 1) * DiesPerPart);
}
