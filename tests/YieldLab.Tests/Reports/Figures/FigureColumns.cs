using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Tests.Reports.Figures;

/// <summary>Columns of the pictures that are tested.</summary>
internal static class FigureColumns
{
    public static readonly Column Accuracy = new(
        "accuracy",
        ColumnType.Real,
        "1",
        "Share of right ones",
        IsMetric: true
    );
}
