using System.Runtime.CompilerServices;
using YieldLab.Statistics.Numerics;
using static YieldLab.Statistics.Numerics.Elementary;

namespace YieldLab.Circuits.Accelerators;

/// <summary>What flows at one half of a weight during a presentation.</summary>
/// <param name="Value">The half at the end, without noise.</param>
/// <param name="Flow">Variance that comes in, over that of one electron, q/(C n UT).</param>
/// <param name="Decay">Decay of the half alone, rate times presentation.</param>
/// <param name="Cross">Decay by the coupling to the other half, rate times presentation.</param>
internal readonly record struct HalfFlow<V>(V Value, V Flow, V Decay, V Cross);

/// <summary>The noisy step of a weight's two halves, the same in every fidelity.</summary>
/// <remarks>
/// Noise of the beginning of a presentation has partly gone at its end: of a part that relaxes by r,
/// (1 - exp(-2 r))/(2 r) of the variance is left, 1/(1 + r + r^2/3) to second order. Each half decays; the coupling, which
/// takes the same from both, relaxes only what the halves have in common, (xp kp + xn kn)/(xp + xn) of the kicks k with x
/// the coupling of each, and leaves their difference, the weight, as it is.
/// </remarks>
internal static unsafe class NoiseStep<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged
{
    // Below any half weight that a circuit reaches; keeps a half positive, as the current that it is.
    private const double Least = 1e-6;

    /// <summary>Moves both halves, at <paramref name="w"/> and the row behind it, by normal numbers.</summary>
    /// <param name="w">Row of the positive half.</param>
    /// <param name="noise">The weight's <see cref="NoiseRow"/>.</param>
    /// <param name="p">The positive half.</param>
    /// <param name="n">The negative half.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(T* w, T* noise, in HalfFlow<V> p, in HalfFlow<V> n)
    {
        V kickP = Kick(noise, 0, p);
        V kickN = Kick(noise, 1, n);
        V cross = p.Cross + n.Cross;
        V common = V.Fma(p.Cross, kickP, n.Cross * kickN) / (cross + Constant<V, T>(1e-30));
        V gone = common * (Constant<V, T>(1) - V.Sqrt(Left(cross)));
        Store(w, noise, 0, p.Value + (kickP - gone));
        Store(w + LayerView<T>.Row, noise, 1, n.Value + (kickN - gone));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Kick(T* noise, int side, in HalfFlow<V> half)
    {
        V electron = V.Load(noise + (NoiseRow.ElectronP + side) * LayerView<T>.Row);
        V deviation = V.Sqrt(V.Max(default, electron * half.Flow * Left(half.Decay)));
        return deviation * V.Load(noise + (NoiseRow.DrawP + side) * LayerView<T>.Row);
    }

    // Share of a variance that is left of what relaxes by r.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Left(V r)
    {
        V one = Constant<V, T>(1);
        return one / V.Fma(V.Fma(r, Constant<V, T>(1.0 / 3), one), r, one);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* w, T* noise, int side, V noisy)
    {
        noisy = V.Max(Constant<V, T>(Least), noisy);
        V.Store(w, noisy);
        V.Store(noise + (NoiseRow.StartP + side) * LayerView<T>.Row, noisy);
    }
}
