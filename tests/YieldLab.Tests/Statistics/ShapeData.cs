namespace YieldLab.Tests.Statistics;

/// <summary>Values that R and SciPy were given as well.</summary>
internal static class ShapeData
{
    /// <summary>x in the commands of the tests.</summary>
    public static double[] X { get; } =
    [
        2.31,
        4.77,
        1.02,
        3.58,
        7.91,
        2.66,
        5.13,
        0.84,
        3.97,
        6.02,
        1.75,
        2.98,
        4.11,
        9.36,
        3.30,
        2.07,
        5.59,
        1.49,
        3.14,
        4.40,
    ];

    /// <summary>R: y &lt;- (1:40*0.6180339887498949) %% 1; SciPy: y = (np.arange(1, 41)*0.6180339887498949) % 1.</summary>
    public static double[] Y { get; } = Sequence(40);

    /// <summary>(1:n*0.6180339887498949) %% 1.</summary>
    public static double[] Sequence(int n) =>
        [.. Enumerable.Range(1, n).Select(i => i * 0.6180339887498949).Select(v => v - Math.Floor(v))];

    public static double[] Sorted(IEnumerable<double> values) => [.. values.Order()];

    /// <summary>Equal to a relative tolerance.</summary>
    public static void AreClose(double expected, double found, double relative) =>
        Xunit.Assert.True(
            Math.Abs(found - expected) <= relative * Math.Abs(expected),
            $"expected {expected:r}, found {found:r}, relative difference {found / expected - 1:g3}"
        );
}
