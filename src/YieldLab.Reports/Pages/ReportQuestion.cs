using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Figures;
using YieldLab.Reports.Yields;

namespace YieldLab.Reports.Pages;

/// <summary>What is asked of a report.</summary>
/// <param name="Yields">Method and confidence of the intervals.</param>
/// <param name="Metrics">Metrics that are shown.</param>
/// <param name="Target">A yield that is wanted; null for none.</param>
public sealed record ReportQuestion(YieldQuestions Yields, IReadOnlyList<Column> Metrics, double? Target)
{
    /// <summary>What is swept at a point, such as <c>training_l2 = 0.01</c>; empty without a sweep.</summary>
    public string Swept(StoredPoint point) =>
        string.Join(", ", point.Swept.Select(value => $"{value.Column.Name} = {Value(value)}"));

    /// <summary>A swept value.</summary>
    public string Value(PointValue value) =>
        value.Value is double number ? FigureText.Setting(number, value.Column.Unit) : (string)value.Value;
}
