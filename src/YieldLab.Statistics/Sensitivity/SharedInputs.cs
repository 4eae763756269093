using System.Numerics;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// Splits the variance of an output over few inputs that may be correlated, such as the shifts that all cells of a die share:
/// a polynomial is fitted by least squares, and its R^2, adjusted for the number of its terms, is shared out by averaging what
/// an input adds over all orders in which the inputs could enter (R. H. Lindeman, P. F. Merenda, R. Z. Gold 1980; W. Kruskal,
/// American Statistician 41 (1987) 6; the Shapley value of R^2).
/// </summary>
/// <remarks>Of uncorrelated inputs and a linear output the share is the squared coefficient; of correlated ones what they do
/// together is divided between them. Degree 2 has all squares and products. Assumes independent rows; terms that other terms give
/// already, such as the square of an input with two values, are left out.</remarks>
public sealed class SharedInputs
{
    /// <summary>Most inputs: all subsets of them are fitted.</summary>
    public const int Most = 10;

    private SharedInputs(double[] shares, double[][] without, double[] fitted, int terms) =>
        (Shares, Without, Fitted, Terms) = (shares, without, fitted, terms);

    /// <summary>Share of each input; their sum is the adjusted R^2.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>The shares without each block of rows: [block][input].</summary>
    public IReadOnlyList<IReadOnlyList<double>> Without { get; }

    /// <summary>What the polynomial gives for each row; NaN where the output is.</summary>
    public double[] Fitted { get; }

    /// <summary>Terms of the polynomial beside the constant.</summary>
    public int Terms { get; }

    /// <summary>Terms that fall to each input: its own, and half of each product with another.</summary>
    internal double TermsOfInput => (double)Terms / Shares.Count;

    /// <summary>Fits a polynomial.</summary>
    /// <param name="inputs">[input][row], finite, none of them constant; at most <see cref="Most"/>.</param>
    /// <param name="values">The output of each row; NaN where a row has none.</param>
    /// <param name="degree">1 or 2.</param>
    /// <param name="blocks">Of the rows.</param>
    public static SharedInputs Of(IReadOnlyList<double[]> inputs, double[] values, int degree, RowBlocks blocks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputs.Count, Most, nameof(inputs));
        if (degree is not (1 or 2))
            throw new ArgumentOutOfRangeException(nameof(degree), degree, "A degree of 1 or 2.");
        var terms = new PolynomialTerms(inputs, degree);
        var moments = new MomentMatrix[blocks.Count];
        for (int block = 0; block < moments.Length; block++)
            moments[block] = new(terms.Count + 2);
        double origin = values.First(value => !double.IsNaN(value));
        var line = new double[terms.Count + 2];
        for (int row = 0; row < values.Length; row++)
            if (!double.IsNaN(values[row]))
            {
                terms.Fill(row, line);
                line[^1] = values[row] - origin;
                moments[blocks.Of(row)].Add(line);
            }
        MomentMatrix all = MomentMatrix.Sum(moments);
        return new(
            Shapley(all, terms),
            [.. moments.Select(block => Shapley(all.Less(block), terms))],
            terms.Evaluate(all.Coefficients(terms.Of((1u << inputs.Count) - 1)), values, origin),
            terms.Count
        );
    }

    // Each input's mean gain of R^2 over all subsets of the others, weighted by the number of orders.
    private static double[] Shapley(MomentMatrix moments, PolynomialTerms terms)
    {
        int inputs = terms.Inputs;
        var explained = new double[1 << inputs];
        for (uint subset = 1; subset < explained.Length; subset++)
            explained[subset] = moments.AdjustedRSquared(terms.Of(subset));
        var shares = new double[inputs];
        for (int input = 0; input < inputs; input++)
        for (uint others = 0; others < explained.Length; others++)
            if ((others >> input & 1) == 0)
                shares[input] +=
                    Weight(BitOperations.PopCount(others), inputs)
                    * (explained[others | 1u << input] - explained[others]);
        return shares;
    }

    // s! (p - 1 - s)!/p!
    private static double Weight(int others, int inputs)
    {
        double weight = 1.0 / inputs;
        for (int i = 1; i <= others; i++)
            weight *= (double)i / (inputs - i);
        return weight;
    }
}
