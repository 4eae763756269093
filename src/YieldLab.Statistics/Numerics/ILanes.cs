namespace YieldLab.Statistics.Numerics;

/// <summary>
/// A row of independent numbers, one die a lane, on which every operation acts lane by lane.
/// Each operation is one that IEEE 754 rounds exactly (fused multiply-add included), so a lane's bits depend on
/// nothing but that lane: not on the vector's width, the neighbours or the processor.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
public unsafe interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>Number of lanes in one value.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(T* source);
    static abstract void Store(T* destination, TSelf value);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(T value);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a*b + c with one rounding.</summary>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);

    /// <summary>c - a*b with one rounding.</summary>
    static abstract TSelf Fnma(TSelf a, TSelf b, TSelf c);

    /// <summary>The larger of two numbers. If b is NaN, so is the result; if only a is, the result is unspecified.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller of two numbers. If b is NaN, so is the result; if only a is, the result is unspecified.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>To the nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>Square root.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The integer n for which a 2^-n is between sqrt(1/2) and sqrt(2); a is positive and normal.</summary>
    static abstract TSelf Exponent(TSelf a);

    /// <summary>2 to the power n, for integral n whose result is a normal number.</summary>
    static abstract TSelf Pow2(TSelf n);
}
