using System.Runtime.Intrinsics;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// Means over rows of the products that the indices of one group are made of. With x = f(A), y = f(B), x' = f(A with the
/// group from B), y' = f(B with the group from A), all less their common mean:
/// <code>
/// L = (x + y + x' + y')/4     Q = (x^2 + y^2 + x'^2 + y'^2)/4     C = (x y + x' y')/2
/// P = (x y' + y x')/2, of pairs that share the group, or (x x' + y y')/2, of pairs that share all but the group
/// </code>
/// </summary>
/// <param name="common">L, C, Q, C^2, C Q, Q^2.</param>
/// <param name="products">P, P C, P Q of the first kind, then of the second.</param>
internal readonly struct PickFreezeMoments(Vector512<double> common, Vector512<double> products)
{
    private const int Second = 3;

    /// <summary>Mean of C. The pairs share nothing: its expectation is 0.</summary>
    public double C => common[1];

    /// <summary>Mean of Q: the variance.</summary>
    public double Q => common[2];

    /// <summary>Index of the group: first order.</summary>
    public double OfGroup => Index(0);

    /// <summary>Closed index of all other groups together: 1 less the total index of the group.</summary>
    public double OfRest => Index(Second);

    /// <summary>Mean of P of a kind.</summary>
    public double P(bool ofRest) => products[ofRest ? Second : 0];

    /// <summary>Coefficient of the control variate: that which leaves the least variance of P - index Q - c C.</summary>
    public double Control(bool ofRest) => Coefficient(ofRest ? Second : 0);

    // All means are about the mean of the whole sample; L corrects to the mean of these rows.
    private double Index(int kind)
    {
        double c = Coefficient(kind);
        double square = common[0] * common[0];
        return (products[kind] - c * C - (1 - c) * square) / (Q - square);
    }

    private double Coefficient(int kind)
    {
        double control = C / Q;
        double index = products[kind] / Q;
        double variance = Covariance(common[3], common[4], common[4], control, control);
        double covariance = Covariance(products[kind + 1], common[4], products[kind + 2], index, control);
        return variance > 1e-12 * common[3] ? covariance / variance : 0;
    }

    // Of u - r Q and v - s Q. Where u is v the same operations give the same bits, and their ratio is 1.
    private double Covariance(double uv, double vq, double uq, double r, double s) =>
        uv - r * vq - s * uq + r * s * common[5];
}
