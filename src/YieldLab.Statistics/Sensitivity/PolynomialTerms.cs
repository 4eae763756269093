using System.Numerics;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>The terms of a polynomial in standardised inputs: the constant, the inputs, and for degree 2 all products of two.
/// </summary>
internal sealed class PolynomialTerms
{
    private readonly double[][] _inputs;
    private readonly (int First, int Second)[] _products;

    public PolynomialTerms(IReadOnlyList<double[]> inputs, int degree)
    {
        _inputs = [.. inputs.Select(Standardised)];
        _products =
            degree == 1
                ? []
                :
                [
                    .. Enumerable
                        .Range(0, inputs.Count)
                        .SelectMany(first =>
                            Enumerable.Range(first, inputs.Count - first).Select(second => (first, second))
                        ),
                ];
    }

    public int Inputs => _inputs.Length;

    /// <summary>Terms beside the constant.</summary>
    public int Count => _inputs.Length + _products.Length;

    /// <summary>Writes the constant and the terms of a row.</summary>
    public void Fill(int row, double[] line)
    {
        line[0] = 1;
        for (int i = 0; i < _inputs.Length; i++)
            line[1 + i] = _inputs[i][row];
        for (int i = 0; i < _products.Length; i++)
            line[1 + _inputs.Length + i] = _inputs[_products[i].First][row] * _inputs[_products[i].Second][row];
    }

    /// <summary>Places in a row of the constant and of the terms of a subset of inputs.</summary>
    public int[] Of(uint subset)
    {
        bool Has(int input) => (subset >> input & 1) != 0;
        return
        [
            0,
            .. Enumerable.Range(0, Inputs).Where(Has).Select(input => 1 + input),
            .. Enumerable
                .Range(0, _products.Length)
                .Where(i => Has(_products[i].First) && Has(_products[i].Second))
                .Select(i => 1 + Inputs + i),
        ];
    }

    /// <summary>The polynomial at each row that has a value.</summary>
    public double[] Evaluate(double[] coefficients, double[] values, double origin)
    {
        var line = new double[Count + 2];
        var fitted = new double[values.Length];
        for (int row = 0; row < fitted.Length; row++)
        {
            Fill(row, line);
            double sum = origin;
            for (int i = 0; i <= Count; i++)
                sum += coefficients[i] * line[i];
            fitted[row] = double.IsNaN(values[row]) ? double.NaN : sum;
        }
        return fitted;
    }

    private static double[] Standardised(double[] input)
    {
        double mean = input.Average();
        double deviation = Math.Sqrt(input.Average(value => (value - mean) * (value - mean)));
        return [.. input.Select(value => (value - mean) / deviation)];
    }
}
