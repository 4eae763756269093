using System.Runtime.CompilerServices;
using YieldLab.Statistics.Numerics;
using static YieldLab.Statistics.Numerics.Elementary;

namespace YieldLab.Circuits.Accelerators;

/// <summary>The step of a noisy half weight, the same in every fidelity.</summary>
internal static unsafe class NoiseStep<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    // Below any half weight that a circuit reaches; keeps a half positive, as the current that it is.
    private const double Least = 1e-6;

    /// <summary>Moves a half by a normal number.</summary>
    /// <param name="w">Row of the half.</param>
    /// <param name="noise">The weight's <see cref="NoiseRow"/>.</param>
    /// <param name="side">0 for the positive, 1 for the negative half.</param>
    /// <param name="value">The half without noise.</param>
    /// <param name="flow">Variance that comes in during the presentation, over that of one electron, q/(C n UT).</param>
    /// <param name="relaxation">How fast the half relaxes, in a presentation: noise of its beginning has decayed at its
    /// end, which leaves (1 - exp(-2 r))/(2 r) of the variance; 1/(1 + r + r^2/3) is that to second order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(T* w, T* noise, int side, V value, V flow, V relaxation)
    {
        int row = LayerView<T>.Row;
        V one = Constant<V, T>(1);
        V electron = V.Load(noise + (NoiseRow.ElectronP + side) * row);
        V left = V.Fma(V.Fma(relaxation, Constant<V, T>(1.0 / 3), one), relaxation, one);
        V deviation = V.Sqrt(V.Max(electron * flow, default) / left);
        V noisy = V.Max(V.Fma(deviation, V.Load(noise + (NoiseRow.DrawP + side) * row), value), Constant<V, T>(Least));
        V.Store(w, noisy);
        V.Store(noise + (NoiseRow.StartP + side) * row, noisy);
    }
}
