using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports;
using YieldLab.Reports.Learning;
using YieldLab.Tests.MonteCarlo;

namespace YieldLab.Tests.Reports;

public class EpochQuantilesTests
{
    private const int Samples = 100;

    [Theory]
    [InlineData(null)]
    [InlineData(45L)]
    public void Stored_epochs_give_the_quantiles_of_the_models_dies_that_count(long? counted)
    {
        using var run = new TemporaryRun();
        var model = new FakeModel();
        run.Run(model, Samples, 2);
        RunDescription tables = RunDescription.Of([RunPoint.Only(model)], TemporaryRun.Specs);
        StoredPoint point = tables.Points[0] with { Counted = counted };
        StoredDies dies = StoredDies.Of(run.Folder, tables, point);

        IReadOnlyList<EpochQuantiles> found = EpochQuantiles.Of(
            new StoredPointDies(null!, point, dies),
            tables.Epochs.Single(column => column.Name == FakeModel.Error)
        );

        Assert.Equal(point.EpochsPerDie, found.Count);
        for (int epoch = 0; epoch < found.Count; epoch++)
        {
            double[] values =
            [
                .. Enumerable.Range(0, (int)(counted ?? Samples)).Select(die => FakeModel.ErrorOf(die, epoch)),
            ];
            Assert.Equal(EpochQuantiles.Of(epoch + 1, values), found[epoch]);
        }
    }
}
