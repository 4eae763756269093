using MathNet.Numerics.Distributions;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Sensitivity;

/// <summary>
/// The difference of two shares of the same dies, such as of a yield and of what it would be. The interval is Wald's with
/// one die added to either kind of change (D. G. Bonett, R. M. Price, Journal of Educational and Behavioral Statistics 37
/// (2012) 479): dies that pass both times or fail both times say nothing. It assumes independent dies.
/// </summary>
/// <param name="Gained">Dies that pass the second time alone.</param>
/// <param name="Lost">Dies that pass the first time alone.</param>
/// <param name="Dies">Dies in all.</param>
/// <param name="Lower">Lower end of the interval, in [-1, 1].</param>
/// <param name="Upper">Upper end of the interval, in [-1, 1].</param>
public readonly record struct PairedShares(int Gained, int Lost, int Dies, double Lower, double Upper)
{
    /// <summary>Second share less the first.</summary>
    public double Difference => (double)(Gained - Lost) / Dies;

    /// <summary>The interval of so many changes.</summary>
    public static PairedShares Of(int gained, int lost, int dies, double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        ArgumentOutOfRangeException.ThrowIfNegative(gained);
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        Guard.Counts((long)gained + lost, dies);
        double up = (gained + 1.0) / (dies + 2);
        double down = (lost + 1.0) / (dies + 2);
        double half =
            Normal.InvCDF(0, 1, 0.5 + confidence / 2) * Math.Sqrt((up + down - (up - down) * (up - down)) / (dies + 2));
        return new(gained, lost, dies, Math.Max(up - down - half, -1), Math.Min(up - down + half, 1));
    }
}
