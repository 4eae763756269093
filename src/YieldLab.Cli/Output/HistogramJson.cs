using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Statistics.Distributions;

namespace YieldLab.Cli.Output;

/// <summary>Histograms for programs: bin i holds what is from edges[i] up to, and without, edges[i + 1]; the last bin its
/// upper edge too. Counts, never and without add up to the dies.</summary>
internal static class HistogramJson
{
    public static JsonObject Of(MetricHistogram histogram) =>
        new()
        {
            ["edges"] = Edges(histogram.Bins),
            ["counts"] = Counts(histogram.Bins),
            ["never"] = histogram.Never,
            ["without"] = histogram.Without,
        };

    public static JsonArray Edges(Histogram bins) => [.. bins.Edges.Select(edge => JsonValue.Create(edge))];

    public static JsonArray Counts(Histogram bins) => [.. bins.Counts.Select(count => JsonValue.Create(count))];
}
