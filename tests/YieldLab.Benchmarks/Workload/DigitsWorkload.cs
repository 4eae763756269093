using System.Numerics;
using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Random;

namespace YieldLab.Benchmarks.Workload;

/// <summary>What all benchmarks work on: dies of one design that learn digits, with every source of variation on.</summary>
internal sealed class DigitsWorkload
{
    /// <summary>Runge-Kutta steps of the outputs an example, of one step of the weights.</summary>
    public const int Substeps = 4;

    private static readonly DeviceSize Device = new() { Width = 4e-6, Length = 4e-6 };

    private readonly Silicon _silicon;
    private readonly GlobalVariation _global;

    public DigitsWorkload()
    {
        Examples = Digits.Read();
        var shape = new LayerShape(Examples.Outputs, Examples.Inputs);
        ProcessCard card = Card();
        Design design = Circuit();
        Model = new(
            Fidelity.WeakInversion,
            DeviceConstants.Of(card.Device, design.Cells),
            design,
            Rule(),
            LearningTask.Softmax,
            shape
        );
        _silicon = new(card, design, shape, new(true, true, true, true), new TemperatureRange.Uniform(250, 358), 2);
        _global = new(card);
        Plan = new(1, [.. Enumerable.Repeat(Substeps, Examples.Count)]);
        Order = Draws.Permutation(new("algorithm/order"), 0, Examples.Count);
    }

    public static AddressedDraws Draws { get; } = new(1);

    public Examples Examples { get; }

    public AcceleratorModel Model { get; }

    public StepPlan Plan { get; }

    public int[] Order { get; }

    /// <summary>Weight updates of one epoch of a batch.</summary>
    public double Updates<T>()
        where T : unmanaged => (double)Examples.Count * Model.Shape.Weights * LayerView<T>.Row;

    public SignalSet<T> Signals<T>()
        where T : unmanaged => new(Examples, Model.Design.InputQuiescent);

    public LayerBatch<T> Batch<T>(SignalSet<T> signals, VectorWidth width = VectorWidth.Best)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(Model, signals, Plan, width: width);

    /// <summary>A batch of dies, ready to train.</summary>
    public LayerBatch<T> Loaded<T>(SignalSet<T> signals, long firstDie, VectorWidth width = VectorWidth.Best)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LayerBatch<T> batch = Batch(signals, width);
        batch.Load(Dies<T>(firstDie));
        return batch;
    }

    /// <summary>The dies of one batch from the first one on, in groups of eight.</summary>
    public ICellErrors[] Dies<T>(long first)
        where T : unmanaged
    {
        int groups = LayerView<T>.Row / ICellErrors.Lanes;
        return [.. Enumerable.Range(0, groups).Select(group => EightDies(first + group * ICellErrors.Lanes))];
    }

    public DrawnErrors EightDies(long first)
    {
        long[] dies = [.. Enumerable.Range(0, ICellErrors.Lanes).Select(lane => first + lane)];
        return new(_silicon, _global, Draws, dies);
    }

    private static SgdrRule Rule() =>
        new()
        {
            Epochs = 1,
            LearningRate = 0.05,
            L2 = 0.001,
            PresentationTime = 1e-6,
        };

    private static Design Circuit() =>
        new()
        {
            UnitCurrent = 1e-8,
            Capacitor = 1e-12,
            InputQuiescent = 0.02,
            ErrorQuiescent = 0.02,
            WeightQuiescent = 0.1,
            CrossCoupling = 0.5,
            ActivationGain = 2,
            BiasTemperatureExponent = 1,
            Cells = new()
            {
                Dac = Device,
                Multiplier = Device,
                Summing = Device,
                Activation = Device,
                Rectifier = Device,
                Gradient = Device,
                Integrator = Device,
                Decay = Device,
                Quiescent = Device,
                CrossCoupling = Device,
                Switch = Device,
            },
        };

    private static ProcessCard Card() =>
        new()
        {
            Device = new()
            {
                ReferenceTemperature = 300.15,
                SlopeFactor = 1.4,
                SpecificCurrent = 5.7e-7,
                ThresholdVoltage = 0.541,
                ThresholdTemperatureCoefficient = -6e-4,
                MobilityExponent = 1.6,
                MinimumWidth = 4e-7,
                MinimumLength = 1e-7,
            },
            Mismatch = new()
            {
                Threshold = 5e-9,
                Beta = 0.005e-6,
                Capacitance = 0.0066e-6,
            },
            Capacitor = new() { Density = 2e-3 },
            Leakage = new() { JunctionCurrent = 1e-9, ActivationEnergy = 0.98 },
            DieToDie = new()
            {
                Threshold = 6.5e-3,
                Beta = 0.02,
                Capacitance = 0.027,
                Bias = 0.02,
                Leakage = 0.3,
            },
            Correlations = [new(GlobalShift.Threshold, GlobalShift.Beta, -0.5)],
        };
}
