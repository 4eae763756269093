using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>Which vectors do the arithmetic. The results do not depend on it.</summary>
public enum VectorWidth
{
    /// <summary>The widest that the machine has in hardware.</summary>
    Best,
    Scalar,
    Bits256,
    Bits512,
}

/// <summary>
/// A batch of dies that train in lock-step: 16 in single, 8 in double precision, one a lane. Not for use by two threads
/// at once.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed unsafe class LayerBatch<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AcceleratorModel _model;
    private readonly ISgdrKernel<T> _kernel;
    private readonly List<nint> _memory = [];
    private readonly LayerView<T> _view;
    private readonly SignalSet<T> _training;
    private readonly StepPlan _plan;
    private ShotNoise? _noise;
    private long _presentations;
    private T* _predictions;
    private nint _predictionCapacity;

    /// <param name="model">The circuit and its rule.</param>
    /// <param name="training">The examples that it learns from.</param>
    /// <param name="plan">How time is stepped.</param>
    /// <param name="shotNoise">Whether the weights have shot noise.</param>
    /// <param name="width">Vector width; the default serves everybody but tests.</param>
    public LayerBatch(
        AcceleratorModel model,
        SignalSet<T> training,
        StepPlan plan,
        bool shotNoise = false,
        VectorWidth width = VectorWidth.Best
    )
    {
        _model = model;
        _training = training;
        _plan = plan;
        _kernel = Kernel(model, width);
        int row = LayerView<T>.Row;
        LayerShape shape = model.Shape;
        KernelRows rows = KernelRows.Of(model, training.Count);
        _view = new()
        {
            Shape = shape,
            Task = model.Task,
            RowsPerWeight = rows.Weight,
            Weights = Allocate((nint)shape.Weights * rows.Weight * row),
            Outputs = Allocate((nint)shape.Outputs * OutputRow.Count * row),
            Rates = Allocate(rows.Rates * row),
            Fastest = Allocate(row),
            Noise = shotNoise ? Allocate((nint)shape.Weights * NoiseRow.Count * row) : null,
            RateFactors = Allocate((nint)shape.Weights * rows.RateFactors * row),
            Folded = Allocate((nint)shape.Weights * 2 * row),
            Retention = Allocate((nint)shape.Weights * 2 * row),
            Hold = Allocate(row),
            ErrorFactors = Allocate((nint)shape.Outputs * rows.Output * row),
            Inputs = Allocate((nint)shape.Inputs * rows.Input * row),
            Inversion = Allocate(row),
            Scratch = new(Allocate((nint)shape.Inputs * rows.Scratch * row), shape.Inputs),
            ErrorQuiescent = T.CreateTruncating(model.Design.ErrorQuiescent),
        };
    }

    ~LayerBatch() => Free();

    internal LayerView<T> View => _view;

    /// <summary>Dies of a batch.</summary>
    public static int Lanes => LayerView<T>.Row;

    /// <summary>Effective learning rate and L2 strength of each lane over its cells.</summary>
    public EffectiveRates[] Effective { get; } = new EffectiveRates[LayerView<T>.Row];

    /// <summary>Makes the batch out of dies and sets their weights to the quiescent state.</summary>
    /// <param name="errors">Groups of eight dies, <see cref="Lanes"/>/8 of them.</param>
    public void Load(params ReadOnlySpan<ICellErrors> errors) => Load(null, errors);

    /// <summary>The same with the draws of the shot noise.</summary>
    /// <param name="noise">Where the noise is drawn, the dies in the order of <paramref name="errors"/>; null for a batch
    /// that was made without.</param>
    /// <param name="errors">Groups of eight dies, <see cref="Lanes"/>/8 of them.</param>
    public void Load(ShotNoise? noise, params ReadOnlySpan<ICellErrors> errors)
    {
        if (errors.Length * ICellErrors.Lanes != Lanes)
            throw new ArgumentException($"A batch has {Lanes} dies.");
        if (noise is null != (_view.Noise == null))
            throw new ArgumentException("A batch has draws of shot noise if it was made for them, and only then.");
        for (int group = 0; group < errors.Length; group++)
            Assembly(group * ICellErrors.Lanes)
                .Assemble(errors[group], Effective.AsSpan(group * ICellErrors.Lanes, ICellErrors.Lanes));
        _kernel.Prepare(_view, _training, _plan);
        _noise = noise;
        _presentations = 0;
    }

    /// <summary>Trains all dies for one epoch.</summary>
    /// <param name="order">Indices of the training examples in order of presentation.</param>
    public void TrainEpoch(ReadOnlySpan<int> order)
    {
        if (_noise is null)
        {
            _kernel.TrainEpoch(_view, _training, order, _plan);
            return;
        }
        for (int i = 0; i < order.Length; i++)
        {
            _kernel.TrainEpoch(_view, _training, order.Slice(i, 1), _plan);
            _noise.Fill(_view, _presentations++);
            _kernel.AddNoise(_view, _plan.Steps);
        }
    }

    /// <summary>Predictions of all dies, [example][output][lane]; valid until the next call.</summary>
    /// <param name="examples">What to predict.</param>
    /// <param name="holdTime">Seconds since training, the biases off: only leakage acts.</param>
    public ReadOnlySpan<T> Predict(SignalSet<T> examples, double holdTime = 0)
    {
        new Span<T>(_view.Hold, Lanes).Fill(Elementary.Narrow<T>(holdTime));
        return Predict(examples, held: holdTime != 0);
    }

    /// <summary>Predictions of all dies, each after a time of its own; as above.</summary>
    /// <param name="examples">What to predict.</param>
    /// <param name="holdTimes">For each lane, seconds above 0 since training, the biases off: only leakage acts.</param>
    public ReadOnlySpan<T> Predict(SignalSet<T> examples, ReadOnlySpan<double> holdTimes)
    {
        if (holdTimes.Length != Lanes)
            throw new ArgumentException($"A batch has {Lanes} dies.");
        for (int lane = 0; lane < Lanes; lane++)
            _view.Hold[lane] = Elementary.Narrow<T>(holdTimes[lane]);
        return Predict(examples, held: true);
    }

    /// <summary>One half of a weight of one die, in units of Iu.</summary>
    public double Weight(int lane, WeightHalf half, int weight) =>
        double.CreateTruncating(State(weight, (int)half)[lane]);

    /// <summary>
    /// Why the result of a die cannot be trusted, or null: a weight is not finite, or a weight or an output moves faster
    /// than the plan's steps resolve. Finer steps may mend each.
    /// </summary>
    public string? Fault(int lane)
    {
        StepSpeed speed = Speed(lane);
        return double.IsNaN(speed.Relaxation) ? "a weight is not finite"
            : speed.Relaxation > _plan.Fastest.Relaxation ? "a weight relaxes faster than an integration step resolves"
            : speed.Output > _plan.Fastest.Output ? "an output moves faster than an integration step resolves"
            : null;
    }

    /// <summary>How fast the weights of a die move now and its outputs have moved so far; the relaxation is NaN where a
    /// weight is not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StepSpeed Speed(int lane)
    {
        double relaxation = 0;
        for (int weight = 0; weight < _view.Shape.Weights; weight++)
        {
            double p = double.CreateTruncating(State(weight, WeightRow.P)[lane]);
            double n = double.CreateTruncating(State(weight, WeightRow.N)[lane]);
            relaxation = Math.Max(
                relaxation,
                double.IsFinite(p + n) ? _kernel.Relaxation(_view, weight, lane) : double.NaN
            );
        }
        return new(relaxation, double.CreateTruncating(_view.Fastest[lane]));
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private ReadOnlySpan<T> Predict(SignalSet<T> examples, bool held)
    {
        nint size = (nint)examples.Count * _view.Shape.Outputs * LayerView<T>.Row;
        if (size > _predictionCapacity)
        {
            _predictions = Allocate(size);
            _predictionCapacity = size;
        }
        _kernel.Fold(_view, held);
        _kernel.Predict(_view, examples, _predictions);
        return new(_predictions, checked((int)size));
    }

    private LayerAssembly<T> Assembly(int firstLane) =>
        _model.Fidelity == Fidelity.Ekv
            ? new EkvAssembly<T>(_model, _plan.Steps, _view, firstLane)
            : new WeakInversionAssembly<T>(_model, _plan.Steps, _view, firstLane);

    private static ISgdrKernel<T> Kernel(AcceleratorModel model, VectorWidth width) =>
        width switch
        {
            VectorWidth.Scalar => Kernel<ScalarLanes<T>>(model),
            VectorWidth.Bits256 => Kernel<Lanes256<T>>(model),
            VectorWidth.Bits512 => Kernel<Lanes512<T>>(model),
            _ => Kernel(model, Vector512.IsHardwareAccelerated ? VectorWidth.Bits512 : VectorWidth.Bits256),
        };

    private static ISgdrKernel<T> Kernel<V>(AcceleratorModel model)
        where V : struct, ILanes<V, T> =>
        model.Fidelity == Fidelity.Ekv
            ? new EkvKernel<V, T>(model.Device.SpecificCurrents)
            : new WeakInversionKernel<V, T>();

    private T* State(int weight, int row) =>
        _view.Weights + ((nint)weight * _view.RowsPerWeight + row) * LayerView<T>.Row;

    private T* Allocate(nint count)
    {
        void* block = NativeMemory.AlignedAlloc((nuint)count * (nuint)sizeof(T), 64);
        _memory.Add((nint)block);
        return (T*)block;
    }

    private void Free()
    {
        foreach (nint block in _memory)
            NativeMemory.AlignedFree((void*)block);
        _memory.Clear();
    }
}

/// <summary>What learning rate and L2 strength the cells of a die have: mean and standard deviation over all half
/// weights. Leakage counts as L2.</summary>
public readonly record struct EffectiveRates(double Eta, double EtaSpread, double Lambda, double LambdaSpread);
