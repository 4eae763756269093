using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Studies.Runs;

/// <summary>Metrics of every die in every order with every noise. Nothing else of a training is kept.</summary>
internal sealed class TrainingTable(VarianceDesign design, IReadOnlyList<Column> metrics)
{
    // [die, order, noise]; NaN where a die failed or the metric does not exist.
    private readonly Dictionary<string, double[,,]> _values = metrics.ToDictionary(
        column => column.Name,
        _ => new double[design.Dies, design.Orders, design.Noises]
    );

    private readonly string?[,,] _failures = new string?[design.Dies, design.Orders, design.Noises];

    /// <summary>Runs all trainings.</summary>
    public void Fill(PreparedStudy study, int threads)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var orders = new PreparedStudy[design.Orders];
        Parallel.For(0, design.Orders, options, order => orders[order] = study.InOrder(order));
        int batchSize = study.DieModel().BatchSize;
        int batches = (design.Dies + batchSize - 1) / batchSize;
        Parallel.For(
            0,
            (long)design.Orders * design.Noises * batches,
            options,
            task =>
            {
                int firstDie = (int)(task % batches) * batchSize;
                int cell = (int)(task / batches);
                var (order, noise) = (cell / design.Noises, cell % design.Noises);
                RunBatch(WithNoise(orders[order], order, noise), order, noise, firstDie);
            }
        );
    }

    /// <summary>Why a die failed in its first training that failed; null where none did.</summary>
    public string? Failure(int die)
    {
        for (int order = 0; order < design.Orders; order++)
        for (int noise = 0; noise < design.Noises; noise++)
            if (_failures[die, order, noise] is { } reason)
                return reason;
        return null;
    }

    /// <summary>Splits the variance of a metric over the dies that have it in every training.</summary>
    public MetricVariance Split(Column metric)
    {
        double[,,] values = _values[metric.Name];
        int[] dies = [.. Enumerable.Range(0, design.Dies).Where(die => IsComplete(values, die))];
        if (dies.Length < VarianceComponents.Fewest)
            return new(metric, dies.Length, null);
        var complete = new double[dies.Length, design.Orders, design.Noises];
        for (int die = 0; die < dies.Length; die++)
        for (int order = 0; order < design.Orders; order++)
        for (int noise = 0; noise < design.Noises; noise++)
            complete[die, order, noise] = values[dies[die], order, noise];
        return new(metric, dies.Length, VarianceComponents.Of(complete));
    }

    private PreparedStudy WithNoise(PreparedStudy study, int order, int noise) =>
        study.Noise is { } draws ? study.WithNoise(VarianceDesign.NoiseSeed(draws.Seed, order, noise)) : study;

    private void RunBatch(PreparedStudy study, int order, int noise, int firstDie)
    {
        IDieModel model = study.DieModel();
        int count = Math.Min(model.BatchSize, design.Dies - firstDie);
        var rows = new RowBlock(DieTable.Columns(model, []), count);
        using IDieWorker worker = model.CreateWorker();
        worker.Run(firstDie, count, rows, 0, null);
        for (int row = 0; row < count; row++)
        {
            _failures[firstDie + row, order, noise] = rows.Texts(DieTable.Failure)[row];
            foreach (var (name, values) in _values)
                values[firstDie + row, order, noise] = rows.Reals(name)[row];
        }
    }

    private bool IsComplete(double[,,] values, int die)
    {
        for (int order = 0; order < design.Orders; order++)
        for (int noise = 0; noise < design.Noises; noise++)
            if (!double.IsFinite(values[die, order, noise]))
                return false;
        return true;
    }
}
