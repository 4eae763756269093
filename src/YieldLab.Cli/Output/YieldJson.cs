using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Reports.Yields;
using YieldLab.Statistics.Estimation;

namespace YieldLab.Cli.Output;

/// <summary>What the dies of a point say on yields, for programs: shares from 0 to 1, null for what does not exist, "never" for
/// the value of a die that never gets there.</summary>
internal static class YieldJson
{
    public static string Of(YieldReport report)
    {
        EstimateRule rule = report.Confidence.Rule;
        return JsonText.Of(
            new JsonObject
            {
                ["study"] = report.Point.Run.Name,
                ["data"] = report.Point.Run.Path,
                ["point"] = report.Point.Point.Name.Length == 0 ? null : report.Point.Point.Name,
                ["dies"] = report.Dies,
                ["failures"] = new JsonObject(
                    report.Reasons.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))
                ),
                ["uncounted"] = report.Point.Dies.Uncounted,
                ["stopped"] = report.Point.Run.Reason(report.Point.Point),
                ["confidence"] = rule.Confidence,
                ["interval"] = rule.MethodFor(report.Point.Dies.Indices),
                ["fixed_number_of_independent_dies"] = report.Confidence.HoldsForAll,
                ["caution"] = YieldNotes.Caution(rule),
                ["yield"] = new JsonArray([.. report.Yields.Select(Yield)]),
                ["together"] = report.Failures is { } failures ? Failures(report, failures) : null,
                ["capability"] = Named(report.Capabilities, metric => metric.Column.Name, Capability),
                ["quantiles"] = Named(report.Quantiles, m => m.Column.Name, m => Quantiles(m, rule.Confidence)),
                ["histograms"] = Named(report.Histograms, h => h.Column.Name, HistogramJson.Of),
                ["tolerance"] = Tolerances(report),
                ["dies_needed"] = Needed(report),
            }
        );
    }

    private static JsonNode Yield(SpecYield yield)
    {
        JsonObject json = Share(yield.Estimate);
        json["sigma_one_sided"] = Sigma(yield.OneSided);
        json["sigma_two_sided"] = Sigma(yield.TwoSided);
        json["at_least"] = yield.AtLeast;
        return json;
    }

    private static JsonObject Share(YieldEstimate share) =>
        new()
        {
            ["spec"] = share.Name,
            ["passed"] = share.Passed,
            ["unknown"] = share.Unknown,
            ["total"] = share.Total,
            ["yield"] = share.Value,
            ["yield_if_unknown_pass"] = share.IfUnknownPass,
            ["lower"] = share.Interval.Lower,
            ["upper"] = share.Interval.Upper,
        };

    private static JsonObject Sigma(YieldSigma sigma) =>
        new()
        {
            ["value"] = JsonNumber.Of(sigma.Value),
            ["lower"] = JsonNumber.Of(sigma.Lower),
            ["upper"] = JsonNumber.Of(sigma.Upper),
        };

    private static JsonObject Failures(YieldReport report, FailureReport failures)
    {
        string Name(int spec) => report.Yields[spec].Estimate.Name;
        return new()
        {
            ["dies_with_result"] = failures.Dies,
            ["specs"] = new JsonArray([.. failures.Specs.Select(spec => Lost(spec, Name(spec.Spec)))]),
            ["conditional_holds"] = report.Confidence.Rule is not EstimateRule.Replicated,
            ["conditional"] = new JsonArray([
                .. failures.Conditional.Select(pair =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["fail"] = Name(pair.Given),
                            ["fail_too"] = Name(pair.Also),
                            ["count"] = pair.Count,
                            ["total"] = pair.Total,
                            ["share"] = JsonNumber.Of(pair.Share),
                            ["lower"] = JsonNumber.Of(pair.Interval?.Lower),
                            ["upper"] = JsonNumber.Of(pair.Interval?.Upper),
                        }
                ),
            ]),
            ["combinations"] = new JsonArray([
                .. failures.Patterns.Select(pattern =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["fail"] = new JsonArray([.. pattern.Specs.Select(spec => JsonValue.Create(Name(spec)))]),
                            ["dies"] = pattern.Dies,
                        }
                ),
            ]),
        };
    }

    private static JsonNode Lost(SpecFailures spec, string name) =>
        new JsonObject
        {
            ["spec"] = name,
            ["fail"] = spec.Failed,
            ["alone"] = spec.Alone.Passed,
            ["share_alone"] = spec.Alone.Value,
            ["lower"] = spec.Alone.Interval.Lower,
            ["upper"] = spec.Alone.Interval.Upper,
        };

    private static JsonObject Capability(MetricCapability metric) =>
        new()
        {
            ["unit"] = metric.Column.Unit,
            ["lower_limit"] = JsonNumber.Of(metric.Limits.Lower),
            ["upper_limit"] = JsonNumber.Of(metric.Limits.Upper),
            ["dies"] = metric.Dies,
            ["inside"] = metric.Inside,
            ["mean"] = JsonNumber.Of(metric.Capability?.Mean),
            ["sd"] = JsonNumber.Of(metric.Capability?.StandardDeviation),
            ["cp"] = Index(metric.Capability?.Cp),
            ["cpl"] = Index(metric.Capability?.OfLower),
            ["cpu"] = Index(metric.Capability?.OfUpper),
            ["cpk"] = Index(metric.Capability?.Cpk),
            ["yield_if_normal"] = JsonNumber.Of(metric.Capability?.NormalYield),
            ["normality"] = metric.Normality is { } normality ? Normal(normality) : null,
            ["missing"] = metric.Missing,
        };

    private static JsonObject Normal(Normality normality) =>
        new()
        {
            ["distinct"] = normality.Distinct,
            ["skewness"] = JsonNumber.Of(normality.Skewness),
            ["excess_kurtosis"] = JsonNumber.Of(normality.ExcessKurtosis),
            ["p"] = JsonNumber.Of(normality.PValue),
            ["warning"] = YieldNotes.Warning(normality),
        };

    private static JsonObject? Index(CapabilityIndex? index) =>
        index is { } found
            ? new()
            {
                ["value"] = JsonNumber.Of(found.Value),
                ["lower"] = JsonNumber.Of(found.Lower),
                ["upper"] = JsonNumber.Of(found.Upper),
            }
            : null;

    private static JsonObject Quantiles(MetricQuantileIntervals metric, double confidence) =>
        new()
        {
            ["unit"] = metric.Column.Unit,
            ["dies"] = metric.Dies,
            ["quantiles"] = new JsonArray([
                .. metric.Quantiles.Select(quantile =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["at"] = quantile.Probability,
                            ["value"] = Value(quantile.Estimate),
                            ["lower"] = Value(quantile.Lower),
                            ["upper"] = Value(quantile.Upper),
                            ["coverage"] = quantile.Coverage,
                            ["dies_for_both_ends"] = QuantileInterval.DiesFor(quantile.Probability, confidence),
                        }
                ),
            ]),
        };

    private static JsonObject Tolerances(YieldReport report) =>
        new()
        {
            ["share"] = report.Asked.Share,
            ["bounds"] = new JsonArray([
                .. report.Tolerances.Select(tolerance =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["metric"] = tolerance.Column.Name,
                            ["unit"] = tolerance.Column.Unit,
                            ["side"] = tolerance.Side.ToString().ToLowerInvariant(),
                            ["exists"] = tolerance.Exists,
                            ["lower"] = Value(tolerance.Bound.Lower),
                            ["upper"] = Value(tolerance.Bound.Upper),
                            ["confidence"] = JsonNumber.Of(tolerance.Bound.Confidence),
                            ["dies"] = tolerance.Dies,
                            ["without"] = tolerance.Without,
                            ["dies_needed"] = tolerance.Bound.DiesNeeded,
                        }
                ),
            ]),
        };

    private static JsonObject Needed(YieldReport report) =>
        new()
        {
            ["half_width"] = report.Asked.HalfWidth,
            ["yields"] = new JsonArray([
                .. report.Needed.Select(needed =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["spec"] = needed.Yield.Name,
                            ["half_width_now"] = needed.HalfWidth,
                            ["worse_yield"] = needed.Worse,
                            ["in_all"] = Named(needed.AtYield, plan => plan.Key.Name(), plan => plan.Value),
                            ["in_all_at_worse_yield"] = Named(
                                needed.AtWorse,
                                plan => plan.Key.Name(),
                                plan => plan.Value
                            ),
                        }
                ),
            ]),
        };

    private static JsonObject Named<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode?> value) =>
        new(items.Select(item => KeyValuePair.Create(name(item), value(item))));

    private static JsonNode? Value(double? value) =>
        value is { } number && double.IsPositiveInfinity(number) ? "never" : JsonNumber.Of(value);
}
