using System.Numerics;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Runs;

/// <summary>The dies of a study for the engine: drawn, trained and measured a batch at a time.</summary>
internal sealed class SgdrDieModel<T>(PreparedStudy study) : IDieModel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SignalSet<T> _train = new(study.Train, study.Model.Design.InputQuiescent);
    private readonly SignalSet<T> _test = new(study.Test, study.Model.Design.InputQuiescent);

    public IReadOnlyList<Column> DieColumns => study.Columns;

    public IReadOnlyList<Column> EpochColumns { get; } = Runs.DieColumns.OfEpochs(study.File.Study);

    public int EpochsPerDie => study.Model.Rule.Epochs;

    public int BatchSize => LayerBatch<T>.Lanes;

    public IDieWorker CreateWorker() => new Worker(study, _train, _test);

    private sealed class Worker(PreparedStudy study, SignalSet<T> train, SignalSet<T> test) : IDieWorker
    {
        private readonly LearningTask _task = study.Model.Task;
        private readonly Study _settings = study.File.Study;
        private readonly IReadOnlyList<Column> _metrics = [.. study.Columns.Where(column => column.IsMetric)];
        private readonly IReadOnlyList<Column> _perEpoch = Runs.DieColumns.PerEpoch(study.Model.Task);

        private readonly Func<double, double> _readout = TaskMetrics.Readout(
            study.Model.Task,
            study.Converters.Readout
        );

        // Kept from batch to batch: arrays of this size, made anew each time, would occupy the garbage collector.
        private readonly Dictionary<SignalSet<T>, double[][]> _predictions = [];

        // One for each refinement of the steps that a die has needed so far.
        private readonly List<(LayerBatch<T> Batch, StepPlan Plan)> _levels = [];

        public void Run(long firstDie, int count, RowBlock dies, int firstRow, RowBlock? epochs)
        {
            var lanes = Enumerable.Range(0, count).Select(i => (Die: firstDie + i, Row: firstRow + i)).ToArray();
            for (int level = 0; lanes.Length > 0; level++)
                lanes = RunLevel(level, lanes, dies, epochs);
        }

        public void Dispose() => _levels.ForEach(level => level.Batch.Dispose());

        // Computes dies with the steps of a level; returns those that need finer ones and may have them.
        private (long Die, int Row)[] RunLevel(int level, (long Die, int Row)[] lanes, RowBlock dies, RowBlock? epochs)
        {
            var (batch, plan) = Level(level);
            long[] members = Padded(lanes);
            DrawnErrors[] errors = [.. members.Chunk(ICellErrors.Lanes).Select(group => study.Errors(group))];
            string?[] impossible = WriteConditions(errors, lanes, dies);
            string?[] faults = [.. impossible];
            batch.Load(NoiseOf(members), errors);
            double[] reached = Train(batch, lanes, epochs, faults);
            var retry =
                plan.Finer.Steps > StepControl.MostStepsOfDie
                    ? []
                    : lanes.Where((_, lane) => faults[lane] is not null && impossible[lane] is null).ToArray();
            WriteMetrics(batch, lanes, dies);
            for (int lane = 0; lane < lanes.Length; lane++)
            {
                dies.Integers(Runs.DieColumns.Steps)[lanes[lane].Row] = plan.Steps;
                if (_settings.Output.Target is not null)
                    dies.Reals(Runs.DieColumns.EpochsToTarget)[lanes[lane].Row] = reached[lane];
                Finish(faults[lane], dies, lanes[lane].Row);
            }
            return retry;
        }

        private ShotNoise? NoiseOf(long[] members) =>
            study.Noise is { } noise
                ? new(noise, study.NoiseOffset == 0 ? members : [.. members.Select(die => die + study.NoiseOffset)])
                : null;

        private (LayerBatch<T> Batch, StepPlan Plan) Level(int level)
        {
            while (_levels.Count <= level)
            {
                StepPlan plan = _levels.Count == 0 ? study.Plan : _levels[^1].Plan.Finer;
                _levels.Add((new(study.Model, train, plan, study.Noise is not null), plan));
            }
            return _levels[level];
        }

        // Lanes without a die of their own repeat the last one.
        private static long[] Padded((long Die, int)[] lanes) =>
            [.. Enumerable.Range(0, LayerBatch<T>.Lanes).Select(lane => lanes[Math.Min(lane, lanes.Length - 1)].Die)];

        // Returns for each lane why such a die cannot exist, null where it can.
        private static string?[] WriteConditions(DrawnErrors[] errors, (long, int Row)[] lanes, RowBlock dies)
        {
            string?[] impossible = new string?[lanes.Length];
            for (int lane = 0; lane < lanes.Length; lane++)
            {
                int row = lanes[lane].Row;
                var conditions = errors[lane / ICellErrors.Lanes].Conditions(lane % ICellErrors.Lanes);
                if (conditions.Impossible is { } reason)
                    impossible[lane] = $"impossible die: {reason}";
                dies.Reals(Runs.DieColumns.Temperature)[row] = conditions.Temperature - PhysicalConstants.ZeroCelsius;
                for (int shift = 0; shift < Runs.DieColumns.Shifts.Count; shift++)
                    dies.Reals(Runs.DieColumns.Shifts[shift].Name)[row] = conditions.Shifts[shift];
            }
            return impossible;
        }

        // Returns for each lane the first epoch at which the target is met, NaN if none.
        private double[] Train(LayerBatch<T> batch, (long, int)[] lanes, RowBlock? epochs, string?[] faults)
        {
            double[] reached = new double[lanes.Length];
            Array.Fill(reached, double.NaN);
            for (int epoch = 0; epoch < study.Model.Rule.Epochs; epoch++)
            {
                batch.TrainEpoch(study.Problem.Orders[epoch]);
                for (int lane = 0; lane < lanes.Length; lane++)
                    faults[lane] ??= batch.Fault(lane);
                if (epochs is not null || _settings.Output.Target is not null)
                    MeasureEpoch(batch, epoch, lanes, epochs, faults, reached);
            }
            return reached;
        }

        private void MeasureEpoch(
            LayerBatch<T> batch,
            int epoch,
            (long Die, int Row)[] lanes,
            RowBlock? epochs,
            string?[] faults,
            double[] reached
        )
        {
            double[][] onTest = Measure(batch, test, study.Problem.Test, lanes.Length);
            // A target on the test examples alone needs no look at the training examples.
            bool trainToo =
                epochs is not null || _settings.Output.Target!.Metric.StartsWith("train_", StringComparison.Ordinal);
            double[][] onTrain = trainToo
                ? Measure(batch, train, study.Problem.Train, lanes.Length)
                : [.. lanes.Select(_ => Array.Empty<double>())];
            for (int lane = 0; lane < lanes.Length; lane++)
            {
                double[] values = [.. onTest[lane], .. onTrain[lane]];
                if (double.IsNaN(reached[lane]) && faults[lane] is null && MeetsTarget(values))
                    reached[lane] = epoch + 1;
                if (epochs is null)
                    continue;
                int row = lanes[lane].Row * study.Model.Rule.Epochs + epoch;
                epochs.Integers(DieTable.Die)[row] = lanes[lane].Die;
                epochs.Integers(Runs.DieColumns.Epoch)[row] = epoch + 1;
                for (int i = 0; i < _perEpoch.Count; i++)
                    epochs.Reals(_perEpoch[i].Name)[row] = faults[lane] is null ? values[i] : double.NaN;
            }
        }

        private bool MeetsTarget(double[] values) =>
            _settings.Output.Target is { } target
            && target.IsMetBy(values[_perEpoch.TakeWhile(column => column.Name != target.Metric).Count()]);

        private void WriteMetrics(LayerBatch<T> batch, (long, int Row)[] lanes, RowBlock dies)
        {
            ReadOnlySpan<double[]> predictions = Predictions(batch, test, lanes.Length, 0);
            WriteTask(dies, lanes, TaskMetrics.Columns(_task, ""), predictions, study.Problem.Test);
            for (int lane = 0; lane < lanes.Length; lane++)
                WriteComparison(batch, lane, predictions[lane], dies, lanes[lane].Row);
            predictions = Predictions(batch, train, lanes.Length, 0);
            WriteTask(dies, lanes, TaskMetrics.Columns(_task, "", prefix: "train_"), predictions, study.Problem.Train);
            foreach (double hold in _settings.Hold)
            {
                var columns = TaskMetrics.Columns(_task, "", suffix: $"_hold_{Runs.DieColumns.HoldName(hold)}");
                WriteTask(dies, lanes, columns, Predictions(batch, test, lanes.Length, hold), study.Problem.Test);
            }
            if (_settings.Output.Retention is { } kept)
                WriteRetention(batch, lanes, dies, kept);
        }

        private void WriteRetention(LayerBatch<T> batch, (long, int Row)[] lanes, RowBlock dies, Spec kept)
        {
            bool[] failsAtOnce = [.. lanes.Select(lane => !kept.IsMetBy(dies.Reals(kept.Metric)[lane.Row]))];
            double[] times = RetentionTime.Find(failsAtOnce, FailAfter);
            for (int lane = 0; lane < lanes.Length; lane++)
                dies.Reals(Runs.DieColumns.Retention)[lanes[lane].Row] = times[lane];

            bool[] FailAfter(double[] holdTimes)
            {
                double[] all = new double[LayerBatch<T>.Lanes];
                Array.Fill(all, holdTimes[^1]);
                holdTimes.CopyTo(all, 0);
                return Fail(Split(batch.Predict(test, all), test, lanes.Length), kept);
            }
        }

        private bool[] Fail(ReadOnlySpan<double[]> predictions, Spec kept)
        {
            int metric = TaskMetrics.IndexOf(_task, kept.Metric);
            bool[] fails = new bool[predictions.Length];
            for (int lane = 0; lane < fails.Length; lane++)
                fails[lane] = !kept.IsMetBy(Values(predictions[lane], study.Problem.Test)[metric]);
            return fails;
        }

        private void WriteTask(
            RowBlock dies,
            (long, int Row)[] lanes,
            IReadOnlyList<Column> columns,
            ReadOnlySpan<double[]> predictions,
            Examples examples
        )
        {
            for (int lane = 0; lane < lanes.Length; lane++)
            {
                double[] values = Values(predictions[lane], examples);
                for (int i = 0; i < columns.Count; i++)
                    dies.Reals(columns[i].Name)[lanes[lane].Row] = values[i];
            }
        }

        private void WriteComparison(LayerBatch<T> batch, int lane, double[] predictions, RowBlock dies, int row)
        {
            EffectiveRates rates = batch.Effective[lane];
            dies.Reals(Runs.DieColumns.EtaMean)[row] = rates.Eta;
            dies.Reals(Runs.DieColumns.EtaSpread)[row] = rates.EtaSpread;
            dies.Reals(Runs.DieColumns.LambdaMean)[row] = rates.Lambda;
            dies.Reals(Runs.DieColumns.LambdaSpread)[row] = rates.LambdaSpread;
            double weightError = Quality.MeanSquare(Weights(batch, lane), study.Ideal.Weights);
            dies.Reals(Runs.DieColumns.OutputError)[row] =
                100 * Quality.MeanSquare(predictions, study.IdealPredictions);
            dies.Reals(Runs.DieColumns.WeightError)[row] = 100 * weightError;
            dies.Reals(Runs.DieColumns.EffectiveBits)[row] = Quality.EffectiveBits(weightError);
        }

        private double[] Weights(LayerBatch<T> batch, int lane)
        {
            double[] weights = new double[study.Model.Shape.Weights];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = batch.Weight(lane, WeightHalf.P, i) - batch.Weight(lane, WeightHalf.N, i);
            return weights;
        }

        // A failed die keeps its conditions and loses its metrics: they would be numbers without meaning.
        private void Finish(string? fault, RowBlock dies, int row)
        {
            bool finite = _metrics.All(c => c.NullIsNever || double.IsFinite(dies.Reals(c.Name)[row]));
            string? failure = fault ?? (finite ? null : "a metric is not finite");
            dies.Texts(DieTable.Failure)[row] = failure;
            if (failure is not null)
                foreach (Column column in _metrics)
                    dies.Reals(column.Name)[row] = double.NaN;
        }

        private double[][] Measure(LayerBatch<T> batch, SignalSet<T> signals, Examples examples, int count)
        {
            double[][] values = new double[count][];
            ReadOnlySpan<double[]> predictions = Predictions(batch, signals, count, 0);
            for (int lane = 0; lane < count; lane++)
                values[lane] = Values(predictions[lane], examples);
            return values;
        }

        private double[] Values(double[] predictions, Examples examples) =>
            TaskMetrics.Values(_task, predictions, examples.T, study.Model.Shape.Outputs, study.Problem.TargetUnit);

        private ReadOnlySpan<double[]> Predictions(LayerBatch<T> batch, SignalSet<T> signals, int count, double hold) =>
            Split(batch.Predict(signals, hold), signals, count);

        // Lane by lane; valid until the next call for the same examples.
        private ReadOnlySpan<double[]> Split(ReadOnlySpan<T> rows, SignalSet<T> signals, int count)
        {
            int size = rows.Length / LayerBatch<T>.Lanes;
            if (!_predictions.TryGetValue(signals, out double[][]? predictions))
            {
                predictions = [.. Enumerable.Range(0, LayerBatch<T>.Lanes).Select(_ => new double[size])];
                _predictions.Add(signals, predictions);
            }
            for (int lane = 0; lane < count; lane++)
            for (int i = 0; i < size; i++)
                predictions[lane][i] = _readout(double.CreateTruncating(rows[i * LayerBatch<T>.Lanes + lane]));
            return predictions.AsSpan(0, count);
        }
    }
}
