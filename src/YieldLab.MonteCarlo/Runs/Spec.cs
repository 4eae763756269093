using System.Globalization;
using System.Text.RegularExpressions;

namespace YieldLab.MonteCarlo.Runs;

/// <summary>A specification: a metric and the limit that it must keep, such as <c>accuracy >= 0.9</c>.</summary>
public sealed partial record Spec
{
    private Spec(string metric, string comparison, double limit)
    {
        Metric = metric;
        Comparison = comparison;
        Limit = limit;
    }

    /// <summary>Name of the metric's column.</summary>
    public string Metric { get; }

    /// <summary>One of &gt;=, &gt;, &lt;=, &lt;.</summary>
    public string Comparison { get; }

    /// <summary>The limit, in the metric's unit.</summary>
    public double Limit { get; }

    /// <summary>Name of the column that says whether a die meets it: unlike for every specification of a study.</summary>
    public string Column =>
        $"pass_{Metric}_{(Comparison.StartsWith('>') ? "above" : "below")}_{Limit.ToString(CultureInfo.InvariantCulture).ToLowerInvariant().Replace('.', 'p').Replace('-', 'm').Replace('+', '_')}";

    /// <summary>Reads a specification; null where the text is none.</summary>
    public static Spec? TryParse(string text)
    {
        Match match = Pattern().Match(text);
        return
            match.Success
            && double.TryParse(
                match.Groups[3].Value,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double limit
            )
            && double.IsFinite(limit)
            ? new(match.Groups[1].Value, match.Groups[2].Value, limit)
            : null;
    }

    /// <summary>A value that does not exist (NaN) meets nothing.</summary>
    public bool IsMetBy(double value) =>
        Comparison switch
        {
            ">=" => value >= Limit,
            ">" => value > Limit,
            "<=" => value <= Limit,
            _ => value < Limit,
        };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Metric} {Comparison} {Limit}");

    [GeneratedRegex(@"^\s*([a-z][a-z0-9_]*)\s*(>=|<=|>|<)\s*([-+0-9.eE]+)\s*$")]
    private static partial Regex Pattern();
}
