using System.Runtime.CompilerServices;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>
/// Examples as currents: each input split by sign with its quiescent part, xp = pos(x) + xq and xn = pos(-x) + xq before
/// the converters' errors. Shared by all batches; does not change.
/// </summary>
/// <typeparam name="T">Precision of the kernel.</typeparam>
public sealed unsafe class SignalSet<T>
    where T : unmanaged
{
    private readonly T[] _polar;
    private readonly T[] _squares;
    private readonly T[] _targets;
    private readonly int _inputs;
    private readonly int _outputs;

    public SignalSet(Examples examples, double inputQuiescent)
    {
        Count = examples.Count;
        _inputs = examples.Inputs;
        _outputs = examples.Outputs;
        _polar = GC.AllocateUninitializedArray<T>(Count * 2 * _inputs, pinned: true);
        _squares = GC.AllocateUninitializedArray<T>(Count * 3 * _inputs, pinned: true);
        _targets = GC.AllocateUninitializedArray<T>(examples.T.Length, pinned: true);
        for (int e = 0; e < Count; e++)
        for (int i = 0; i < _inputs; i++)
        {
            double x = examples.X[e * _inputs + i];
            double positive = Math.Max(x, 0) + inputQuiescent;
            double negative = Math.Max(-x, 0) + inputQuiescent;
            _polar[e * 2 * _inputs + i] = Elementary.Narrow<T>(positive);
            _polar[(e * 2 + 1) * _inputs + i] = Elementary.Narrow<T>(negative);
            int square = (e * _inputs + i) * 3;
            _squares[square] = Elementary.Narrow<T>(positive * positive);
            _squares[square + 1] = Elementary.Narrow<T>(positive * negative);
            _squares[square + 2] = Elementary.Narrow<T>(negative * negative);
        }
        for (int i = 0; i < _targets.Length; i++)
            _targets[i] = Elementary.Narrow<T>(examples.T[i]);
    }

    public int Count { get; }

    /// <summary>The positive inputs of an example, then its negative ones.</summary>
    internal T* Polar(int example) => Pointer(_polar) + (nint)example * 2 * _inputs;

    /// <summary>xp^2, xp xn and xn^2 of each input of an example.</summary>
    internal T* Squares(int example) => Pointer(_squares) + (nint)example * 3 * _inputs;

    /// <summary>The targets of an example.</summary>
    internal T* Targets(int example) => Pointer(_targets) + (nint)example * _outputs;

    private static T* Pointer(T[] pinned) =>
        (T*)Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(pinned));
}
