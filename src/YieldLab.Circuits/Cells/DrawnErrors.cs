using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using YieldLab.Circuits.Technology;
using YieldLab.Statistics.Designs;
using YieldLab.Statistics.Numerics;
using YieldLab.Statistics.Random;

namespace YieldLab.Circuits.Cells;

/// <summary>The errors of eight dies of a <see cref="Silicon"/>, each number drawn at its own address.</summary>
public sealed class DrawnErrors : ICellErrors
{
    internal static readonly Dictionary<LoopKind, (RandomStream Threshold, RandomStream Beta)> LoopStreams =
        LoopKind.All.ToDictionary(
            kind => kind,
            kind => (new RandomStream($"silicon/{kind.Name}/vt"), new RandomStream($"silicon/{kind.Name}/beta"))
        );

    internal static readonly RandomStream[] CapacitorStreams = [new("silicon/capacitor_p"), new("silicon/capacitor_n")];
    internal static readonly RandomStream[] SwitchStreams = [new("silicon/switch_p/vt"), new("silicon/switch_n/vt")];

    private readonly Silicon _silicon;
    private readonly DieDraws _draws;
    private readonly long[] _dies;
    private readonly DieConditions[] _conditions;

    /// <param name="silicon">What the dies are made of.</param>
    /// <param name="global">Die-to-die variation of its card.</param>
    /// <param name="draws">The experiment's numbers.</param>
    /// <param name="dies">Eight die indices; they may repeat.</param>
    public DrawnErrors(Silicon silicon, GlobalVariation global, DieDraws draws, ReadOnlySpan<long> dies)
    {
        _silicon = silicon;
        _draws = draws;
        _dies = dies.ToArray();
        _conditions = [.. _dies.Select(die => DieConditions.Draw(silicon, global, draws, die))];
    }

    /// <summary>Streams of all cells of a layer: for tests that no two share an address.</summary>
    public static IEnumerable<RandomStream> Streams =>
        LoopStreams
            .Values.SelectMany(s => new[] { s.Threshold, s.Beta })
            .Concat(CapacitorStreams)
            .Concat(SwitchStreams);

    /// <summary>What the cells of one die share.</summary>
    public DieConditions Conditions(int lane) => _conditions[lane];

    public double Temperature(int lane) => _conditions[lane].Temperature;

    public double BiasGain(int lane) => 1 + _conditions[lane][GlobalShift.Bias];

    public double CurrentFactor(int lane) => 1 + _conditions[lane][GlobalShift.Beta];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Temperatures(Site site, Span<double> kelvin)
    {
        for (int cell = 0; cell < kelvin.Length / ICellErrors.Lanes; cell++)
        {
            var (x, y) = Position(site, cell);
            for (int lane = 0; lane < ICellErrors.Lanes; lane++)
            {
                var c = _conditions[lane];
                kelvin[cell * ICellErrors.Lanes + lane] =
                    c.Temperature + x * c.Gradient.Inputs + y * c.Gradient.Outputs;
            }
        }
    }

    public void Loops(LoopKind kind, Span<double> threshold, Span<double> beta)
    {
        DeviceSize size = kind.Size(_silicon.Design.Cells);
        double deviation = Math.Sqrt(kind.Devices / (2 * size.Area));
        var (thresholdStream, betaStream) = LoopStreams[kind];
        Draw(thresholdStream, deviation * _silicon.Card.Mismatch.Threshold, threshold);
        Draw(betaStream, deviation * _silicon.Card.Mismatch.Beta, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Capacitances(WeightHalf half, Span<double> farad)
    {
        double area = _silicon.Design.Capacitor / _silicon.Card.Capacitor.Density;
        Draw(CapacitorStreams[(int)half], _silicon.Card.Mismatch.Capacitance / Math.Sqrt(2 * area), farad);
        Vector512<double> nominal = PerDie(c => _silicon.Design.Capacitor * (1 + c[GlobalShift.Capacitance]));
        foreach (ref var c in MemoryMarshal.Cast<double, Vector512<double>>(farad))
            c = nominal * (Vector512<double>.One + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Leakages(WeightHalf half, Span<double> ampere)
    {
        if (!_silicon.Variation.Leakage)
        {
            ampere.Clear();
            return;
        }
        DeviceSize size = _silicon.Design.Cells.Switch;
        Draw(SwitchStreams[(int)half], _silicon.Card.Mismatch.Threshold / Math.Sqrt(2 * size.Area), ampere);
        double[] kelvin = new double[ampere.Length];
        Temperatures(Site.Weight, kelvin);
        var leakage = new LeakageModel(
            _silicon.Card,
            size,
            PerDie(c => c[GlobalShift.Threshold]),
            PerDie(c => c[GlobalShift.Beta]),
            PerDie(c => c[GlobalShift.Leakage])
        );
        var temperatures = MemoryMarshal.Cast<double, Vector512<double>>(kelvin);
        var currents = MemoryMarshal.Cast<double, Vector512<double>>(ampere);
        for (int cell = 0; cell < currents.Length; cell++)
            currents[cell] = leakage.Current(temperatures[cell], currents[cell]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(RandomStream stream, double sigma, Span<double> destination)
    {
        if (!_silicon.Variation.Mismatch || sigma == 0)
        {
            destination.Clear();
            return;
        }
        _draws.Normals(stream, _dies, destination);
        Vector512<double> scale = Vector512.Create(sigma);
        foreach (ref var v in MemoryMarshal.Cast<double, Vector512<double>>(destination))
            v *= scale;
    }

    private Vector512<double> PerDie(Func<DieConditions, double> value)
    {
        Span<double> values = stackalloc double[ICellErrors.Lanes];
        for (int lane = 0; lane < values.Length; lane++)
            values[lane] = value(_conditions[lane]);
        return Vector512.Create<double>(values);
    }

    // Weights fill the unit square around (0, 0); input converters stand along one edge, output cells along another.
    private (double X, double Y) Position(Site site, int cell)
    {
        var (outputs, inputs) = _silicon.Shape;
        return site switch
        {
            Site.Input => (Along(cell, inputs), -0.5),
            Site.Output => (0.5, Along(cell, outputs)),
            _ => (Along(cell % inputs, inputs), Along(cell / inputs, outputs)),
        };
    }

    private static double Along(int index, int count) => count == 1 ? 0 : (double)index / (count - 1) - 0.5;
}
