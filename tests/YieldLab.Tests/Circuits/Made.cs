using YieldLab.Circuits.Accelerators;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Random;

namespace YieldLab.Tests.Circuits;

/// <summary>Circuits, processes and problems made for tests.</summary>
internal static class Made
{
    public static readonly Variation Everything = new(true, true, true, true);
    public static readonly Variation Nothing = new(false, false, false, false);

    public static ProcessCard Card { get; } =
        new()
        {
            Device = new()
            {
                ReferenceTemperature = 300.15,
                SlopeFactor = 1.4,
                SpecificCurrent = 5.7e-7,
                ThresholdVoltage = 0.45,
                ThresholdTemperatureCoefficient = -0.6e-3,
                MobilityExponent = 1.6,
                MinimumWidth = 0.4e-6,
                MinimumLength = 0.15e-6,
            },
            Mismatch = new()
            {
                Threshold = 5e-9,
                Beta = 0.01e-6,
                Capacitance = 0.01e-6,
            },
            Capacitor = new() { Density = 2e-3 },
            Leakage = new() { JunctionCurrent = 1e-9, ActivationEnergy = 0.7 },
            DieToDie = new()
            {
                Threshold = 10e-3,
                Beta = 0.03,
                Capacitance = 0.02,
                Bias = 0.025,
                Leakage = 0.3,
            },
            Correlations =
            [
                new(GlobalShift.Threshold, GlobalShift.Beta, -0.5),
                new(GlobalShift.Threshold, GlobalShift.Leakage, 0.3),
            ],
        };

    public static Design Design(double width = 3e-6, double length = 2e-6)
    {
        DeviceSize size = new() { Width = width, Length = length };
        return new()
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
                Dac = size,
                Multiplier = size,
                Summing = size,
                Activation = size,
                Rectifier = size,
                Gradient = size,
                Integrator = size,
                Decay = size,
                Quiescent = size,
                CrossCoupling = size,
                Switch = new() { Width = 0.5e-6, Length = 0.5e-6 },
            },
        };
    }

    /// <summary>The same circuit with another W/L in each cell that has a specific current of its own.</summary>
    public static Design Unequal(Design design) =>
        design with
        {
            Cells = design.Cells with
            {
                Multiplier = new() { Width = 4e-6, Length = 2e-6 },
                Gradient = new() { Width = 3e-6, Length = 3e-6 },
                Integrator = new() { Width = 6e-6, Length = 2e-6 },
                CrossCoupling = new() { Width = 2e-6, Length = 3e-6 },
            },
        };

    public static SgdrRule Rule(double learningRate = 0.1, double l2 = 0.001) =>
        new()
        {
            Epochs = 1,
            LearningRate = learningRate,
            L2 = l2,
            PresentationTime = 1e-6,
        };

    public static AcceleratorModel Model(
        LearningTask task,
        LayerShape shape,
        SgdrRule? rule = null,
        Design? design = null,
        Fidelity fidelity = Fidelity.WeakInversion
    ) =>
        new(
            fidelity,
            DeviceConstants.Of(Card.Device, (design ?? Design()).Cells),
            design ?? Design(),
            rule ?? Rule(),
            task,
            shape
        );

    public static Silicon Silicon(LayerShape shape, Variation variation, Design? design = null, double gradient = 0) =>
        new(Card, design ?? Design(), shape, variation, new TemperatureRange.Uniform(233.15, 358.15), gradient);

    public static DrawnErrors Errors(Silicon silicon, ulong seed, params long[] dies) =>
        new(silicon, new(silicon.Card), new(seed), dies);

    public static long[] Eight(long first) => [.. Enumerable.Range(0, 8).Select(i => first + i)];

    /// <summary>A problem that can be learned: targets of a random linear rule.</summary>
    public static Examples Problem(LearningTask task, int outputs, int inputs, int count, ulong seed)
    {
        var draws = new AddressedDraws(seed);
        RandomStream stream = new("test/problem");
        double Uniform(long row, int column) => 2 * draws.Uniform(stream, row, (uint)column) - 1;
        double[][] x =
        [
            .. Enumerable
                .Range(0, count)
                .Select(e => Enumerable.Range(0, inputs - 1).Select(i => Uniform(e, i)).ToArray()),
        ];
        double[][] rule =
        [
            .. Enumerable
                .Range(0, outputs)
                .Select(o => Enumerable.Range(0, inputs - 1).Select(i => Uniform(-1 - o, i)).ToArray()),
        ];
        double[] Answer(double[] row) => [.. rule.Select(r => r.Zip(row, (a, b) => a * b).Sum())];
        return new(
            x,
            [
                .. x.Select(row =>
                    task == LearningTask.Linear
                        ? [.. Answer(row).Select(y => Math.Clamp(y, -1, 1))]
                        : OneHot(Answer(row))
                ),
            ]
        );
    }

    private static double[] OneHot(double[] y) => [.. y.Select(value => value == y.Max() ? 1.0 : 0.0)];
}
