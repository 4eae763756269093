using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;

namespace YieldLab.Reports.Pages.Sections;

/// <summary>How the dies learn, epoch by epoch.</summary>
public static class LearningSection
{
    // Twenty epochs of these are one column of 200,000 numbers at a time.
    private const int MostDies = 10_000;

    /// <summary>The section.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="point">Its point.</param>
    /// <param name="asked">Metrics; of those that no epoch has nothing is shown.</param>
    public static Section Of(RunFolder folder, StoredPointDies point, ReportQuestion asked)
    {
        StoredDies dies = point.Dies.First(MostDies);
        StoredEpochs? epochs = StoredEpochs.Of(folder, point.Run.Description, point.Point, dies);
        return new("learning", "How the dies learn", epochs is null ? [Absent] : [.. Blocks(point, epochs, asked)]);
    }

    private static Block.Text Absent =>
        new("Left out: the run did not store its epochs; output: { epochs: on } in the study stores them.");

    private static IEnumerable<Block> Blocks(StoredPointDies point, StoredEpochs epochs, ReportQuestion asked)
    {
        Column[] columns = [.. epochs.Columns.Where(column => asked.Metrics.Any(metric => IsOf(column, metric)))];
        if (columns.Length == 0)
            columns = [.. epochs.Columns.Take(1)];
        int all = point.Dies.Indices.Length;
        yield return new Block.Text(
            $"After each of {epochs.Epochs} epochs, of {(all > epochs.Dies ? "the first " : "")}{FigureText.Dies(epochs.Dies)}."
        );
    }

    // Of a metric of the test examples that of the training examples as well.
    private static bool IsOf(Column column, Column metric) =>
        column.Name == metric.Name || column.Name == $"train_{metric.Name}";
}
