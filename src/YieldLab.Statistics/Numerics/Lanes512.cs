using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YieldLab.Statistics.Numerics;

/// <summary>512 bits of lanes: 8 double or 16 float lanes; one register where AVX-512 is, two 256-bit ones elsewhere.</summary>
public readonly unsafe struct Lanes512<T>(Vector512<T> vector) : ILanes<Lanes512<T>, T>
    where T : unmanaged
{
    /// <summary>The lanes as a hardware vector.</summary>
    public readonly Vector512<T> Vector = vector;

    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Lanes512<T> value) => value.Vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.Vector + b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.Vector - b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.Vector * b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a.Vector / b.Vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Fma(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) =>
        typeof(T) == typeof(float)
            ? new(
                Vector512.FusedMultiplyAdd(a.Vector.AsSingle(), b.Vector.AsSingle(), c.Vector.AsSingle()).As<float, T>()
            )
            : new(
                Vector512
                    .FusedMultiplyAdd(a.Vector.AsDouble(), b.Vector.AsDouble(), c.Vector.AsDouble())
                    .As<double, T>()
            );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Fnma(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => Fma(new(-a.Vector), b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MaxNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MinNative(a.Vector, b.Vector));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> a) =>
        typeof(T) == typeof(float)
            ? new(Vector512.Round(a.Vector.AsSingle()).As<float, T>())
            : new(Vector512.Round(a.Vector.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> a) => new(Vector512.Sqrt(a.Vector));

    // The difference of the bits to those of sqrt(1/2), of which the exponent's field is kept.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Exponent(Lanes512<T> a) =>
        typeof(T) == typeof(float)
            ? new(Vector512.ConvertToSingle((a.Vector.AsInt32() - Vector512.Create(0x3F3504F3)) >> 23).As<float, T>())
            : new(
                Vector512
                    .ConvertToDouble((a.Vector.AsInt64() - Vector512.Create(0x3FE6A09E667F3BCD)) >> 52)
                    .As<double, T>()
            );

    // Adding 1.5 * 2^(mantissa bits) puts the integer n into the lowest bits; the bias and a shift make it an exponent.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Pow2(Lanes512<T> n) =>
        typeof(T) == typeof(float)
            ? new((((n.Vector.AsSingle() + Vector512.Create(12582912f + 127f)).AsInt32()) << 23).As<int, T>())
            : new(
                (((n.Vector.AsDouble() + Vector512.Create(6755399441055744.0 + 1023.0)).AsInt64()) << 52).As<long, T>()
            );
}
