using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// How much of an output's variance is quadratic in the draws of a group: squares of single draws and products of two, all
/// m (m + 1)/2 of them, without a fit. The kernel over pairs of rows is
/// <code>((z_i . z_k)^2 - |z_i|^2 - |z_k|^2 + m)/2</code>
/// the sum of the products of all Hermite polynomials of degree two; see <see cref="DrawEnergy"/> for the rest.
/// </summary>
/// <remarks>Costs n^2 m operations. The error of a group that does nothing is sqrt(m (m + 1))/n of the variance: of 60 draws and
/// 1,000 dies 6 %.</remarks>
public static class PairEnergy
{
    /// <summary>The energy of a matrix of draws.</summary>
    /// <param name="draws">[row][draw], standard normal.</param>
    /// <param name="values">The output of each row.</param>
    /// <param name="confidence">Of the interval, for example 0.95.</param>
    /// <returns>As a share of the output's variance.</returns>
    public static Contribution Of(double[][] draws, double[] values, double confidence = 0.95)
    {
        var blocks = new RowBlocks(values.Length);
        var output = new OutputVariance(blocks, values);
        return output.Share(Terms(draws, [output], blocks), confidence);
    }

    /// <summary>The terms of several outputs of the same rows.</summary>
    /// <param name="draws">[row][draw].</param>
    /// <param name="outputs">The outputs of these rows.</param>
    /// <param name="blocks">Of these rows.</param>
    internal static EnergyTerm[] Terms(double[][] draws, IReadOnlyList<OutputVariance> outputs, RowBlocks blocks)
    {
        int rows = draws.Length;
        int draw = draws[0].Length;
        var touching = outputs.Select(_ => new double[blocks.Count]).ToArray();
        var inside = outputs.Select(_ => new double[blocks.Count]).ToArray();
        double[] squares = [.. draws.Select(z => Dot(z, z))];
        for (int i = 0; i < rows; i++)
        for (int k = 0; k < i; k++)
        {
            double product = Dot(draws[i], draws[k]);
            double kernel = (product * product - squares[i] - squares[k] + draw) / 2;
            var (first, second) = (blocks.Of(i), blocks.Of(k));
            for (int o = 0; o < outputs.Count; o++)
            {
                double pair = kernel * outputs[o].Centred[i] * outputs[o].Centred[k];
                touching[o][first] += pair;
                touching[o][second] += pair;
                if (first == second)
                    inside[o][first] += 2 * pair;
            }
        }
        return
        [
            .. outputs.Select(
                (output, o) => new EnergyTerm(new(output.RowsOf, touching[o], inside[o]), draw * (draw + 1.0) / 2)
            ),
        ];
    }

    // In eight parts whatever the machine's vectors, so that the bits are the same everywhere.
    private static double Dot(double[] a, double[] b)
    {
        var first = MemoryMarshal.Cast<double, Vector512<double>>(a);
        var second = MemoryMarshal.Cast<double, Vector512<double>>(b);
        Vector512<double> sum = default;
        for (int i = 0; i < first.Length; i++)
            sum += first[i] * second[i];
        double rest = 0;
        for (int i = first.Length * Vector512<double>.Count; i < a.Length; i++)
            rest += a[i] * b[i];
        return Vector512.Sum(sum) + rest;
    }
}
