using YieldLab.MonteCarlo.Runs;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Reports.Shapes;

/// <summary>Laws of several families for one metric.</summary>
internal static class FamilyFits
{
    public static IReadOnlyList<FamilyShape> Of(
        MetricValues values,
        GroupedSample? grouped,
        bool tied,
        IReadOnlyList<Family> families
    ) =>
        [
            .. families
                .Select(family => Of(family, values, grouped, tied))
                .OrderBy(shape => shape.Result.Fit?.Aic ?? double.PositiveInfinity),
        ];

    private static FamilyShape Of(Family family, MetricValues values, GroupedSample? grouped, bool tied)
    {
        FitResult result = Fit(family, values, grouped, tied);
        IReadOnlyList<FitTest> tests =
            result.Fit is not { } fit ? []
            : grouped is null ? GoodnessOfFit.Of(fit, values.Ascending)
            : GoodnessOfFit.Of(fit, grouped);
        return new(result, tests);
    }

    private static FitResult Fit(Family family, MetricValues values, GroupedSample? grouped, bool tied)
    {
        if (family == Family.Beta && !IsShare(values.Column))
            return new(family, null, "the metric is not known to lie between 0 and 1");
        if (tied && grouped is null && values.Ascending[0] < values.Ascending[^1])
            return new(family, null, "many dies have the same value and the values have no common step");
        return grouped is null ? MaximumLikelihood.Of(family, values.Ascending) : GroupedFit.Of(family, grouped);
    }

    private static bool IsShare(Column column) => column.Least == 0 && column.Most == 1;
}
