using System.Numerics;

namespace YieldLab.Statistics.Numerics;

/// <summary>
/// One lane in plain scalar arithmetic: the slow, obvious form of <see cref="Lanes512{T}"/>, which must agree with it
/// bit for bit.
/// </summary>
public readonly unsafe struct ScalarLanes<T>(T value) : ILanes<ScalarLanes<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public static int Count => 1;

    public static ScalarLanes<T> Load(T* source) => new(*source);

    public static void Store(T* destination, ScalarLanes<T> value) => *destination = value._value;

    public static ScalarLanes<T> Broadcast(T value) => new(value);

    public static ScalarLanes<T> operator +(ScalarLanes<T> a, ScalarLanes<T> b) => new(a._value + b._value);

    public static ScalarLanes<T> operator -(ScalarLanes<T> a, ScalarLanes<T> b) => new(a._value - b._value);

    public static ScalarLanes<T> operator *(ScalarLanes<T> a, ScalarLanes<T> b) => new(a._value * b._value);

    public static ScalarLanes<T> operator /(ScalarLanes<T> a, ScalarLanes<T> b) => new(a._value / b._value);

    public static ScalarLanes<T> Fma(ScalarLanes<T> a, ScalarLanes<T> b, ScalarLanes<T> c) =>
        new(T.FusedMultiplyAdd(a._value, b._value, c._value));

    public static ScalarLanes<T> Fnma(ScalarLanes<T> a, ScalarLanes<T> b, ScalarLanes<T> c) =>
        new(T.FusedMultiplyAdd(-a._value, b._value, c._value));

    public static ScalarLanes<T> Max(ScalarLanes<T> a, ScalarLanes<T> b) => a._value > b._value ? a : b;

    public static ScalarLanes<T> Min(ScalarLanes<T> a, ScalarLanes<T> b) => a._value < b._value ? a : b;

    public static ScalarLanes<T> Round(ScalarLanes<T> a) => new(T.Round(a._value, MidpointRounding.ToEven));

    public static ScalarLanes<T> Sqrt(ScalarLanes<T> a) => new(T.Sqrt(a._value));

    public static ScalarLanes<T> Exponent(ScalarLanes<T> a)
    {
        int exponent = T.ILogB(a._value);
        T boundary = T.CreateTruncating(sizeof(T) == 4 ? MathF.Sqrt(0.5f) : Math.Sqrt(0.5));
        return new(T.CreateTruncating(T.ScaleB(a._value, -exponent - 1) < boundary ? exponent : exponent + 1));
    }

    public static ScalarLanes<T> Pow2(ScalarLanes<T> n) => new(T.ScaleB(T.One, int.CreateTruncating(n._value)));
}
