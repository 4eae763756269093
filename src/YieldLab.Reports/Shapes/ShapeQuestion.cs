using YieldLab.Statistics.Distributions;

namespace YieldLab.Reports.Shapes;

/// <summary>What is asked of the shape of a metric.</summary>
/// <param name="Families">Laws to fit.</param>
/// <param name="Side">Tail; null: where the metric's specification fails dies, or the upper one of a metric without.</param>
/// <param name="TailShare">Share of dies beyond the threshold of the tail.</param>
/// <param name="Confidence">Of the intervals.</param>
public sealed record ShapeQuestion(
    IReadOnlyList<Family> Families,
    TailSide? Side = null,
    double TailShare = 0.05,
    double Confidence = 0.95
)
{
    /// <summary>Whether a tail is asked for; its fit takes longest.</summary>
    public bool HasTail { get; init; } = true;

    /// <summary>Families of a whole distribution.</summary>
    public static IReadOnlyList<Family> AllFamilies { get; } =
    [Family.Normal, Family.Lognormal, Family.Weibull, Family.Beta];
}
