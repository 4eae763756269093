using System.Numerics;

namespace YieldLab.Tests.Statistics;

/// <summary>The exponential in 256-bit fixed point: an oracle without rounding errors that matter.</summary>
internal static class ExactExponential
{
    private const int Bits = 256;

    private static readonly BigInteger One = BigInteger.One << Bits;

    private static readonly BigInteger Ln2 = LogarithmOfTwo();

    /// <summary>y / exp(x) - 1, to far more digits than a double has.</summary>
    /// <param name="y">A positive, normal number.</param>
    /// <param name="x">Between -745 and 710.</param>
    public static double RelativeError(double y, double x)
    {
        BigInteger fixedX = Fixed(x, 0);
        BigInteger n = (fixedX + Ln2 / 2) / Ln2;
        BigInteger exponential = Series(fixedX - n * Ln2);
        return (double)(Fixed(y, -(int)n) - exponential) / (double)exponential;
    }

    /// <summary>y / (exp(x) - 1) - 1, to far more digits than a double has.</summary>
    /// <param name="y">A positive, normal number.</param>
    /// <param name="x">Between 1e-30 and 710.</param>
    public static double RelativeErrorOfExpm1(double y, double x)
    {
        BigInteger fixedX = Fixed(x, 0);
        BigInteger n = (fixedX + Ln2 / 2) / Ln2;
        BigInteger value = (Series(fixedX - n * Ln2) << (int)n) - One;
        return Math.ScaleB((double)((Fixed(y, 0) - value << Bits) / value), -Bits);
    }

    // exp(r) = 1 + r + r^2/2! + ... until a term vanishes.
    private static BigInteger Series(BigInteger r)
    {
        BigInteger term = One;
        BigInteger sum = 0;
        for (int k = 1; !term.IsZero; k++)
        {
            sum += term;
            term = (term * r >> Bits) / k;
        }
        return sum;
    }

    // value * 2^scale; a double is a whole number times a power of two, so nothing is lost but bits beyond the 256th.
    private static BigInteger Fixed(double value, int scale)
    {
        int exponent = Math.ILogB(value == 0 ? 1 : value) - 52;
        var mantissa = new BigInteger(Math.ScaleB(value, -exponent));
        int shift = exponent + scale + Bits;
        return shift >= 0 ? mantissa << shift : mantissa >> -shift;
    }

    // ln 2 = sum of 1/(k 2^k).
    private static BigInteger LogarithmOfTwo()
    {
        BigInteger sum = 0;
        for (int k = 1; k < Bits; k++)
            sum += (One >> k) / k;
        return sum;
    }
}
