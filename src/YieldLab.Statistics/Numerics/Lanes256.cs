using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YieldLab.Statistics.Numerics;

/// <summary>256 bits of lanes: 4 double or 8 float lanes; one AVX2 register, two 128-bit ones elsewhere.</summary>
public readonly unsafe struct Lanes256<T>(Vector256<T> vector) : ILanes<Lanes256<T>, T>
    where T : unmanaged
{
    /// <summary>The lanes as a hardware vector.</summary>
    public readonly Vector256<T> Vector = vector;

    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Lanes256<T> value) => value.Vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.Vector + b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.Vector - b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.Vector * b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a.Vector / b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Fma(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) =>
        typeof(T) == typeof(float)
            ? new(
                Vector256.FusedMultiplyAdd(a.Vector.AsSingle(), b.Vector.AsSingle(), c.Vector.AsSingle()).As<float, T>()
            )
            : new(
                Vector256
                    .FusedMultiplyAdd(a.Vector.AsDouble(), b.Vector.AsDouble(), c.Vector.AsDouble())
                    .As<double, T>()
            );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Fnma(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => Fma(new(-a.Vector), b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MaxNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MinNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> a) =>
        typeof(T) == typeof(float)
            ? new(Vector256.Round(a.Vector.AsSingle()).As<float, T>())
            : new(Vector256.Round(a.Vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> a) => new(Vector256.Sqrt(a.Vector));

    // The difference of the bits to those of sqrt(1/2), of which the exponent's field is kept.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Exponent(Lanes256<T> a) =>
        typeof(T) == typeof(float)
            ? new(Vector256.ConvertToSingle((a.Vector.AsInt32() - Vector256.Create(0x3F3504F3)) >> 23).As<float, T>())
            : new(
                Vector256
                    .ConvertToDouble((a.Vector.AsInt64() - Vector256.Create(0x3FE6A09E667F3BCD)) >> 52)
                    .As<double, T>()
            );

    // Adding 1.5 * 2^(mantissa bits) puts the integer n into the lowest bits; the bias and a shift make it an exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Pow2(Lanes256<T> n) =>
        typeof(T) == typeof(float)
            ? new((((n.Vector.AsSingle() + Vector256.Create(12582912f + 127f)).AsInt32()) << 23).As<int, T>())
            : new(
                (((n.Vector.AsDouble() + Vector256.Create(6755399441055744.0 + 1023.0)).AsInt64()) << 52).As<long, T>()
            );
}
