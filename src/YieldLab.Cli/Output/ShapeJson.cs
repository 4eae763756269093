using System.Text.Json.Nodes;
using YieldLab.Reports;
using YieldLab.Reports.Shapes;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Cli.Output;

/// <summary>Shapes of metrics, for programs; null for what does not exist.</summary>
internal static class ShapeJson
{
    public static string Of(StoredPointDies dies, ShapeQuestion question, IReadOnlyList<MetricShape> shapes) =>
        JsonText.Of(
            new JsonObject
            {
                ["study"] = dies.Run.Name,
                ["point"] = dies.Point.Name.Length == 0 ? null : dies.Point.Name,
                ["dies"] = dies.Dies.Indices.Length,
                ["confidence"] = question.Confidence,
                ["metrics"] = new JsonObject(
                    shapes.Select(shape => KeyValuePair.Create(shape.Values.Column.Name, (JsonNode?)Metric(shape)))
                ),
            }
        );

    /// <summary>A family as it is named on the command line.</summary>
    public static string Name(Family family) =>
        family == Family.GeneralizedPareto ? "generalised-pareto" : $"{family}".ToLowerInvariant();

    /// <summary>A side as it is named on the command line.</summary>
    public static string Name(TailSide side) => $"{side}".ToLowerInvariant();

    private static JsonObject Metric(MetricShape shape) =>
        new()
        {
            ["unit"] = shape.Values.Column.Unit,
            ["values"] = shape.Values.Ascending.Length,
            ["failed"] = shape.Values.Failed,
            ["missing"] = shape.Values.Missing,
            ["never"] = shape.Values.Never,
            ["least"] = Number(shape.Values.Ascending.FirstOrDefault(double.NaN)),
            ["most"] = Number(shape.Values.Ascending.LastOrDefault(double.NaN)),
            ["ties"] = shape.Ties,
            ["step"] = Number(shape.Grouped?.Step),
            ["notes"] = new JsonArray([.. shape.Notes.Select(note => JsonValue.Create(note))]),
            ["moments"] = Moments(shape.Moments),
            ["fits"] = new JsonArray([.. shape.Fits.Select(fit => Fit(fit.Result, fit.Tests))]),
            ["density"] = Density(shape.Density),
            ["cells"] = shape.Grouped is { } grouped ? Cells(grouped) : null,
            ["tail"] = Tail(shape.Tail),
        };

    private static JsonObject? Moments(Moments? moments) =>
        moments is null
            ? null
            : new()
            {
                ["mean"] = Estimate(moments.Mean, moments.MeanInterval),
                ["sd"] = Estimate(moments.Deviation, moments.DeviationInterval),
                ["skewness"] = Estimate(moments.Skewness),
                ["excess_kurtosis"] = Estimate(moments.ExcessKurtosis),
            };

    private static JsonObject? Estimate(Estimate? estimate) =>
        estimate is { } found ? new() { ["value"] = Number(found.Value), ["error"] = Number(found.Error) } : null;

    private static JsonObject? Estimate(Estimate? estimate, Interval? interval)
    {
        JsonObject? json = Estimate(estimate);
        Add(json, interval);
        return json;
    }

    private static void Add(JsonObject? json, Interval? interval)
    {
        json?.Add("lower", Number(interval?.Lower));
        json?.Add("upper", Number(interval?.Upper));
    }

    private static JsonObject Fit(FitResult result, IReadOnlyList<FitTest> tests)
    {
        FittedLaw? fit = result.Fit;
        return new()
        {
            ["family"] = Name(result.Family),
            ["reason"] = result.Reason,
            ["parameters"] = fit is null
                ? null
                : new JsonObject
                {
                    [fit.Law.Names.First] = Estimate(fit.First),
                    [fit.Law.Names.Second] = Estimate(fit.Second),
                },
            ["covariance"] = Number(fit?.Covariance?.Mixed),
            ["log_likelihood"] = Number(fit?.LogLikelihood),
            ["aic"] = Number(fit?.Aic),
            ["of_cells"] = fit?.IsGrouped,
            ["tests"] = new JsonArray([.. tests.Select(Test)]),
        };
    }

    private static JsonObject Test(FitTest test) =>
        new()
        {
            ["test"] = test.Name,
            ["statistic"] = Number(test.Statistic),
            ["p"] = Number(test.P),
            ["p_error"] = Number(test.MonteCarloError),
            ["method"] = test.Method,
        };

    private static JsonObject? Density(KernelDensity? density) =>
        density is null
            ? null
            : new()
            {
                ["bandwidth"] = density.Bandwidth.Width,
                ["bandwidth_method"] = density.Bandwidth.IsSheatherJones ? "sheather-jones" : "silverman",
                ["x"] = Numbers(density.Points.Select(point => point.X)),
                ["density"] = Numbers(density.Points.Select(point => point.Density)),
                ["lower"] = Numbers(density.Points.Select(point => point.Band.Lower)),
                ["upper"] = Numbers(density.Points.Select(point => point.Band.Upper)),
            };

    private static JsonObject Cells(GroupedSample grouped) =>
        new()
        {
            ["value"] = Numbers(grouped.Cells.Select(grouped.Middle)),
            ["dies"] = new JsonArray([.. grouped.Cells.Select(cell => JsonValue.Create(cell.Count))]),
        };

    private static JsonObject? Tail(TailShape? tail) =>
        tail is null
            ? null
            : new()
            {
                ["side"] = Name(tail.Side),
                ["threshold"] = Number(tail.Peaks?.Threshold),
                ["exceedances"] = tail.Peaks?.Exceedances,
                ["reason"] = tail.Reason,
                ["fit"] = tail.Peaks is { } peaks ? Fit(peaks.Result, tail.Tests) : null,
                ["quantiles"] = new JsonArray([.. tail.Rows.Select(Row)]),
            };

    private static JsonObject Row(TailRow row)
    {
        var json = new JsonObject { ["share"] = row.Share };
        json["empirical"] = row.Empirical is { } empirical ? Estimated(empirical.Value, empirical.Interval) : null;
        if (row.ByLaw is { } found)
        {
            JsonObject byLaw = Estimated(found.Value, found.Interval);
            byLaw["method"] = found.Method == TailMethod.Profile ? "profile-likelihood" : "delta";
            json["generalised_pareto"] = byLaw;
        }
        else
            json["generalised_pareto"] = null;
        return json;
    }

    private static JsonObject Estimated(double value, Interval? interval)
    {
        var json = new JsonObject { ["value"] = Number(value) };
        Add(json, interval);
        return json;
    }

    private static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(value => Number(value))]);

    private static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
