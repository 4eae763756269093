using System.Numerics;
using Xunit;
using YieldLab.Statistics.Numerics;

namespace YieldLab.Tests.Statistics;

/// <summary>
/// Every operation of <see cref="ILanes{TSelf, T}"/> in three widths: the same bits in each lane. The scalar form is
/// compared with System.Math besides. Inputs are random over many magnitudes; NaN and a zero against a zero of the other
/// sign are left out of Max and Min, which do not promise a result there.
/// </summary>
public unsafe class LanesTests
{
    private const int Count = 16 * 1000;

    /// <summary>Operations that are exact roundings and so have one right answer; the functions have tests of their own.</summary>
    public static TheoryData<string> OperationsOfMath =>
        new("+", "-", "*", "/", "Fma", "Fnma", "Max", "Min", "Round", "Sqrt", "Exponent", "Pow2", "Broadcast");

    public static TheoryData<string> Operations => [.. OperationsOfMath, "Exp", "Expm1", "Log1p"];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Widths_give_the_same_bits_in_double(string operation)
    {
        double[][] inputs = [Inputs(operation, 1), Inputs(operation, 2), Inputs(operation, 3)];
        long[] scalar = Bits(Run<ScalarLanes<double>, double>(operation, inputs));
        AssertSame(scalar, Bits(Run<Lanes256<double>, double>(operation, inputs)), operation, inputs);
        AssertSame(scalar, Bits(Run<Lanes512<double>, double>(operation, inputs)), operation, inputs);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Widths_give_the_same_bits_in_single(string operation)
    {
        float[][] inputs = [.. Enumerable.Range(1, 3).Select(seed => Single(Inputs(operation, seed, largest: 126)))];
        int[] scalar = Bits(Run<ScalarLanes<float>, float>(operation, inputs));
        AssertSame(scalar, Bits(Run<Lanes256<float>, float>(operation, inputs)), operation, inputs);
        AssertSame(scalar, Bits(Run<Lanes512<float>, float>(operation, inputs)), operation, inputs);
    }

    // Equality of the widths alone would not see a mistake that all three share, such as the sign of Fnma.
    [Theory]
    [MemberData(nameof(OperationsOfMath))]
    public void Scalar_operations_are_those_of_System_Math(string operation)
    {
        double[][] inputs = [Inputs(operation, 4), Inputs(operation, 5), Inputs(operation, 6)];
        double[] actual = Run<ScalarLanes<double>, double>(operation, inputs);
        double[] expected = [.. Enumerable.Range(0, Count).Select(i => Plain(operation, inputs, i))];
        AssertSame(Bits(expected), Bits(actual), operation, inputs);
    }

    [Fact]
    public void Counts_are_those_of_the_registers()
    {
        Assert.Equal((1, 4, 8), (ScalarLanes<double>.Count, Lanes256<double>.Count, Lanes512<double>.Count));
        Assert.Equal((1, 8, 16), (ScalarLanes<float>.Count, Lanes256<float>.Count, Lanes512<float>.Count));
    }

    // The ends of the exponent, where a wrong bias or shift shows first.
    [Theory]
    [InlineData(-1022)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1023)]
    public void Pow2_reaches_both_ends_of_the_normal_numbers(int n)
    {
        double[][] inputs =
        [
            [.. Enumerable.Repeat((double)n, 16)],
            new double[16],
            new double[16],
        ];
        double[] expected = [.. Enumerable.Repeat(Math.ScaleB(1, n), 16)];
        Assert.Equal(expected, Run<Lanes256<double>, double>("Pow2", inputs));
        Assert.Equal(expected, Run<Lanes512<double>, double>("Pow2", inputs));
    }

    [Theory]
    [InlineData(-126)]
    [InlineData(0)]
    [InlineData(127)]
    public void Pow2_reaches_both_ends_of_the_normal_numbers_in_single(int n)
    {
        float[][] inputs =
        [
            [.. Enumerable.Repeat((float)n, 16)],
            new float[16],
            new float[16],
        ];
        float[] expected = [.. Enumerable.Repeat(MathF.ScaleB(1, n), 16)];
        Assert.Equal(expected, Run<Lanes256<float>, float>("Pow2", inputs));
        Assert.Equal(expected, Run<Lanes512<float>, float>("Pow2", inputs));
    }

    private static V Operate<V, T>(string operation, V a, V b, V c)
        where V : struct, ILanes<V, T>
        where T : unmanaged =>
        operation switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "Fma" => V.Fma(a, b, c),
            "Fnma" => V.Fnma(a, b, c),
            "Max" => V.Max(a, b),
            "Min" => V.Min(a, b),
            "Round" => V.Round(a),
            "Sqrt" => V.Sqrt(a),
            "Exponent" => V.Exponent(a),
            "Pow2" => V.Pow2(a),
            "Expm1" => Elementary.Expm1<V, T>(a),
            "Log1p" => Elementary.Log1p<V, T>(a),
            "Exp" => Elementary.Exp<V, T>(a),
            _ => V.Broadcast(Elementary.Narrow<T>(0.1)),
        };

    private static double Plain(string operation, double[][] inputs, int i)
    {
        var (a, b, c) = (inputs[0][i], inputs[1][i], inputs[2][i]);
        return operation switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "Fma" => Math.FusedMultiplyAdd(a, b, c),
            "Fnma" => Math.FusedMultiplyAdd(-a, b, c),
            "Max" => Math.Max(a, b),
            "Min" => Math.Min(a, b),
            "Round" => Math.Round(a, MidpointRounding.ToEven),
            "Sqrt" => Math.Sqrt(a),
            "Exponent" => Math.ILogB(a) + (a / Math.ScaleB(1, Math.ILogB(a)) < Math.Sqrt(2) ? 0 : 1),
            "Pow2" => Math.ScaleB(1, (int)a),
            _ => 0.1,
        };
    }

    private static T[] Run<V, T>(string operation, T[][] inputs)
        where V : struct, ILanes<V, T>
        where T : unmanaged
    {
        T[] results = new T[inputs[0].Length];
        fixed (
            T* a = inputs[0],
                b = inputs[1],
                c = inputs[2],
                result = results
        )
        {
            for (int i = 0; i < results.Length; i += V.Count)
                V.Store(result + i, Operate<V, T>(operation, V.Load(a + i), V.Load(b + i), V.Load(c + i)));
        }
        return results;
    }

    // Exponents within 30 of each other make sums and fused products round in every way; halves are ties for Round.
    private static double[] Inputs(string operation, int seed, int largest = 1022)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, Count)
                .Select(_ =>
                    operation switch
                    {
                        "Pow2" => random.Next(-largest, largest + 1),
                        "Exp" => (2 * random.NextDouble() - 1) * largest,
                        "Expm1" => Math.ScaleB(random.NextDouble(), random.Next(-40, 7)),
                        "Sqrt" or "Exponent" or "Log1p" => Math.ScaleB(
                            random.NextDouble() + 1e-9,
                            random.Next(-60, 60)
                        ),
                        "Round" => random.Next(-100_000, 100_000) / 2.0 + random.Next(2) * random.NextDouble(),
                        _ => Math.ScaleB(2 * random.NextDouble() - 1, random.Next(-15, 16)),
                    }
                ),
        ];
    }

    private static float[] Single(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

    private static void AssertSame<TBits, T>(TBits[] expected, TBits[] actual, string operation, T[][] inputs)
        where TBits : IBinaryInteger<TBits>
    {
        for (int i = 0; i < expected.Length; i++)
            if (expected[i] != actual[i])
                Assert.Fail(
                    $"{operation} of {inputs[0][i]:R}, {inputs[1][i]:R}, {inputs[2][i]:R}: bits {actual[i]:x} instead of {expected[i]:x}"
                );
    }
}
